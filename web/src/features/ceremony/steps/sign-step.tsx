import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../../i18n/index.ts';
import { Button, Card, ErrorNotice } from '../../../ui/index.tsx';
import { useVerb } from '../../case/use-verb.ts';
import { clausesOf, readText } from '../shown-text.tsx';
import { hashShownText, signHere } from '../sign.ts';
import { PagesDialog } from './pages-dialog.tsx';
import type { StepProps } from './place.ts';

/** Everything is done but the signature itself: all terms once more, then one tap. */
export function SignStep({ place, ceremony, slot }: StepProps) {
  const t = useWords('ceremony');
  const [showing, show] = useState(false);
  const document = readText(ceremony.canonicalText);
  const [waiting, wait] = useState(false);
  const leave = useRef<AbortController | null>(null);
  useEffect(() => () => leave.current?.abort(), []);
  const sign = useVerb(async () => {
    leave.current = new AbortController();
    const { signal } = leave.current;
    try {
      const textSha256 = await hashShownText(ceremony.canonicalText);
      return await signHere(place, textSha256, { signal, say: () => wait(true) });
    } finally {
      wait(false);
    }
  });
  return (
    <div className="col">
      <h1>{t('signTitle', { name: slot.representative ?? slot.signerName })}</h1>
      <Card className="col">
        <strong>{t('youSign', { n: ceremony.versionNumber })}</strong>
        <ol>
          {clausesOf(document).map((clause) => (
            <li key={clause}>{clause}</li>
          ))}
        </ol>
      </Card>
      {waiting && (
        <div className="notice warn col" role="status">
          <p>{t('waitingForTime')}</p>
          <Button onClick={() => leave.current?.abort()}>{t('stopWaiting')}</Button>
        </div>
      )}
      <ErrorNotice error={sign.error} />
      <Button look="primary" big wide busy={sign.isPending && t('signing')} onClick={() => sign.mutate()}>
        {t('confirmSign')}
      </Button>
      <Button onClick={() => show(true)}>{t('fullText')}</Button>
      {showing && (
        <PagesDialog
          caseId={place.caseId}
          of={document.title === '司法确认申请书' ? 'confirmation' : 'agreement'}
          pages={ceremony.pages}
          onClose={() => show(false)}
        />
      )}
    </div>
  );
}
