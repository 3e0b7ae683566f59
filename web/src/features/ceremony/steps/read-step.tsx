import { useEffect, useMemo, useRef, useState } from 'react';
import { call } from '../../../api/client.ts';
import { useWords } from '../../../i18n/index.ts';
import { Button, ErrorNotice } from '../../../ui/index.tsx';
import { useVerb } from '../../case/use-verb.ts';
import { FullText, spokenSentences } from '../full-text.tsx';
import { readText } from '../shown-text.tsx';
import { hashShownText } from '../sign.ts';
import { at, type StepProps, thisScreen } from './place.ts';
import { ReadByPerson, type Reader } from './read-by-person.tsx';
import { useVoice } from './use-voice.ts';

/** The whole text, full width, read to its end or aloud; hashed here, in this browser. */
export function ReadStep({ place, ceremony, slot }: StepProps) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const document = useMemo(() => readText(ceremony.canonicalText), [ceremony.canonicalText]);
  const sentences = useMemo(() => spokenSentences(document), [document]);
  const { voice, state, read: readAloud, stop } = useVoice(sentences);
  const [scrolled, scroll] = useState(false);
  const [reader, setReader] = useState<Reader | null>(null);
  const [asking, ask] = useState(false);
  const [since] = useState(Date.now);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const el = box.current;
    if (el && el.scrollHeight <= el.clientHeight + 8) scroll(true);
  }, []);
  const opened = slot.steps.some((s) => s.kind === 'OPENED');
  const way = () => {
    if (reader) return { how: 'READ_ALOUD_BY_PERSON' as const, ...reader };
    if (state === 'done' && voice)
      return {
        how: 'READ_ALOUD_BY_BROWSER' as const,
        language: voice.lang.slice(0, 20),
        voice: voice.name.slice(0, 120),
      };
    return { how: 'SCROLLED' as const };
  };
  const read = useVerb(async () => {
    if (!opened) await call(at.open.$post({ param: place, json: thisScreen() }));
    const textSha256 = await hashShownText(ceremony.canonicalText);
    const seconds = Math.min(86_400, Math.round((Date.now() - since) / 1000));
    await call(at.read.$post({ param: place, json: { textSha256, seconds, ...way() } }));
  });
  const ready = scrolled || reader !== null || state === 'done';
  return (
    <div className="col">
      <h1>{t('readTitle', { name: slot.signerName })}</h1>
      <p className="muted">{t('readHint')}</p>
      <section
        className="agreement-text"
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={t('fullText')}
        onScroll={(e) =>
          e.currentTarget.scrollTop + e.currentTarget.clientHeight >= e.currentTarget.scrollHeight - 12 &&
          scroll(true)
        }
      >
        <FullText document={document} />
      </section>
      <div className="row">
        {voice && (
          <Button onClick={state === 'reading' ? stop : readAloud}>
            {t(state === 'reading' ? 'listenStop' : 'listen')}
          </Button>
        )}
        <Button onClick={() => ask(true)}>{t('readByPerson')}</Button>
      </div>
      {state === 'failed' && <p className="notice warn">{t('voiceFailed')}</p>}
      {state === 'done' && <p className="notice ok">{t('voiceDone')}</p>}
      {reader && <p className="notice ok">{t('readBy', reader)}</p>}
      <ErrorNotice error={read.error} />
      <Button
        look="primary"
        big
        wide
        disabled={!ready}
        busy={read.isPending && c('sending')}
        onClick={() => read.mutate()}
      >
        {t(ready ? 'readDone' : 'scrollFirst')}
      </Button>
      {asking && <ReadByPerson onClose={() => ask(false)} onRead={setReader} />}
    </div>
  );
}
