import { useMutation } from '@tanstack/react-query';
import type { AgreementDocument } from '@tongxi/server/contract/agreement-document.ts';
import { useEffect, useRef, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Card, Choice, Dialog, ErrorNotice, Steps, TextField, Waiting } from '../../ui/index.tsx';
import { type InkValue, SignaturePad } from '../../ui/signature-pad.tsx';
import { useVerb } from '../case/use-verb.ts';
import { hashShownText, signHere } from './sign.ts';
import { type Ceremony, type Slot, useCeremony } from './use-ceremony.ts';

/** One person's signing, step by step; after any failure the same step waits. */
export function SigningFlow({
  caseId,
  onDone,
  fieldName,
}: {
  caseId: string;
  onDone: () => void;
  fieldName?: string;
}) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const query = useCeremony(caseId);
  const [declining, decline] = useState(false);
  const [paused, pause] = useState(false);
  if (query.error) return <ErrorNotice error={query.error} />;
  if (!query.data) return <Waiting>{c('loading')}</Waiting>;
  const ceremony = query.data;
  const slot =
    ceremony.slots.find(
      (s) => s.mine && (fieldName === undefined ? !s.signedAt : s.fieldName === fieldName),
    ) ?? ceremony.slots.find((s) => s.mine);
  if (!slot) return <p className="notice">{t('notYours')}</p>;
  if (slot.signedAt) return <Signed slot={slot} ceremony={ceremony} onDone={onDone} />;
  if (ceremony.medium !== 'ELECTRONIC') return <p className="notice">{t('paperOnly')}</p>;
  if (!slot.open) return <p className="notice">{t('notYourTurn')}</p>;
  const party = slot.role === 'party' || slot.role === 'agent';
  const done = new Set(slot.steps.map((s) => s.kind));
  const order: ('READ' | 'QUESTIONS' | 'CODE' | 'INK')[] = party
    ? ['READ', 'QUESTIONS', 'CODE', 'INK']
    : ['READ', 'INK'];
  const current = order.find((kind) => !done.has(kind)) ?? 'INK';
  const place = { caseId, fieldName: slot.fieldName };
  const steps = {
    READ: <Read place={place} ceremony={ceremony} slot={slot} opened={done.has('OPENED')} />,
    QUESTIONS: <Questions place={place} />,
    CODE: <Code place={place} ceremony={ceremony} />,
    INK: <Ink place={place} ceremony={ceremony} slot={slot} />,
  };
  return (
    <div className="col" data-signing-step={current}>
      <Steps now={order.indexOf(current) + 1} total={order.length + 1} />
      {paused ? <p className="notice">{t('pausedHint')}</p> : steps[current]}
      <div className="row">
        <Button look="ghost" onClick={() => pause(!paused)}>
          {t(paused ? 'goOn' : 'pause')}
        </Button>
        <Button look="ghost" onClick={() => decline(true)}>
          {t('decline')}
        </Button>
      </div>
      {declining && <Decline place={place} onClose={() => decline(false)} />}
    </div>
  );
}

type Place = { caseId: string; fieldName: string };
const at = api.cases[':caseId'].ceremony[':fieldName'];

/** The whole text, full width, read to its end or aloud; hashed here, in this browser. */
function Read({
  place,
  ceremony,
  slot,
  opened,
}: {
  place: Place;
  ceremony: Ceremony;
  slot: Slot;
  opened: boolean;
}) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const [reachedEnd, reach] = useState(false);
  const [aloud, setAloud] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const el = box.current;
    if (el && el.scrollHeight <= el.clientHeight + 8) reach(true);
  }, []);
  useEffect(() => () => window.speechSynthesis?.cancel(), []);
  const read = useVerb(async () => {
    if (!opened) await call(at.open.$post({ param: place }));
    const textSha256 = await hashShownText(ceremony.canonicalText);
    await call(
      at.read.$post({
        param: place,
        json: { textSha256, how: aloud ? 'READ_ALOUD_BY_BROWSER' : 'SCROLLED' },
      }),
    );
  });
  const document = JSON.parse(ceremony.canonicalText) as AgreementDocument;
  const listen = () => {
    const speech = new SpeechSynthesisUtterance(
      [document.facts, ...document.terms.map((term) => term.text)].join('。'),
    );
    speech.lang = 'zh-CN';
    speech.rate = 0.9;
    speech.onend = () => {
      setAloud(true);
      reach(true);
    };
    window.speechSynthesis.speak(speech);
  };
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
          reach(true)
        }
      >
        <FullText document={document} />
      </section>
      {'speechSynthesis' in window && <Button onClick={listen}>{t('listen')}</Button>}
      <ErrorNotice error={read.error} />
      <Button
        look="primary"
        big
        wide
        disabled={!reachedEnd}
        busy={read.isPending && c('sending')}
        onClick={() => read.mutate()}
      >
        {t(reachedEnd ? 'readDone' : 'scrollFirst')}
      </Button>
    </div>
  );
}

/** The frozen text as people read it; every word comes from the bytes that are hashed. */
export function FullText({ document }: { document: AgreementDocument }) {
  const t = useWords('ceremony');
  return (
    <>
      <h2>{document.title}</h2>
      <p>{document.caseNumber}</p>
      {document.parties.map((p) => (
        <p key={p.id}>
          {t('partyLine', { name: p.name })} {p.idNumberMasked ?? p.creditCode ?? ''}
        </p>
      ))}
      <p>{document.facts}</p>
      {document.disputed && <p>{document.disputed}</p>}
      <ol>
        {document.terms.map((term) => (
          <li key={term.block.id}>{term.text}</li>
        ))}
      </ol>
      <p>{document.performance}</p>
      <p>
        {document.committeeName} {document.date}
      </p>
    </>
  );
}

/** Understood, free, not pressed: any no stops and calls the mediator. */
function Questions({ place }: { place: Place }) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const [answers, setAnswers] = useState<{ understood?: boolean; free?: boolean; unpressed?: boolean }>({});
  const send = useVerb(() =>
    call(
      at.questions.$post({
        param: place,
        json: {
          understood: answers.understood === true,
          free: answers.free === true,
          unpressed: answers.unpressed === true,
        },
      }),
    ),
  );
  const keys = ['understood', 'free', 'unpressed'] as const;
  return (
    <div className="col">
      <h1>{t('questionsTitle')}</h1>
      {keys.map((key) => (
        <fieldset key={key} className="card col">
          <legend>{t(`question.${key}`)}</legend>
          <div className="row">
            {[true, false].map((value) => (
              <div key={String(value)} className="grow">
                <Choice
                  type="radio"
                  name={key}
                  checked={answers[key] === value}
                  onChange={() => setAnswers((now) => ({ ...now, [key]: value }))}
                >
                  {t(value ? `yes.${key}` : `no.${key}`)}
                </Choice>
              </div>
            ))}
          </div>
        </fieldset>
      ))}
      {send.data?.stopped && <p className="notice warn">{t('stopped')}</p>}
      <ErrorNotice error={send.error} />
      <Button
        look="primary"
        big
        wide
        disabled={keys.some((k) => answers[k] === undefined)}
        busy={send.isPending && c('sending')}
        onClick={() => send.mutate()}
      >
        {t('next')}
      </Button>
    </div>
  );
}

/** The code of this moment; at the station the handed-over screen stands for it. */
function Code({ place, ceremony }: { place: Place; ceremony: Ceremony }) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const [code, setCode] = useState('');
  const send = useMutation({ mutationFn: () => call(at.code.$post({ param: place })) });
  const verify = useVerb(() => call(at.code.verify.$post({ param: place, json: { code } })));
  const present = useVerb(() => call(at.presence.$post({ param: place })));
  if (ceremony.codeBy === 'STATION') {
    return (
      <div className="col">
        <h1>{t('presenceTitle')}</h1>
        <p>{t('presenceHint')}</p>
        <ErrorNotice error={present.error} />
        <Button
          look="primary"
          big
          wide
          busy={present.isPending && c('sending')}
          onClick={() => present.mutate()}
        >
          {t('presenceConfirm')}
        </Button>
      </div>
    );
  }
  return (
    <div className="col">
      <h1>{t('codeTitle')}</h1>
      <p>
        {t('codeHint', { phone: ceremony.maskedPhone ?? '', hash: ceremony.baseSha256?.slice(0, 8) ?? '' })}
      </p>
      <Button
        wide={!send.isSuccess}
        look={send.isSuccess ? 'plain' : 'primary'}
        busy={send.isPending && c('sending')}
        onClick={() => send.mutate()}
      >
        {t(send.isSuccess ? 'codeAgain' : 'codeSend')}
      </Button>
      {send.isSuccess && (
        <TextField
          label={t('code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          onChange={setCode}
        />
      )}
      <ErrorNotice error={send.error ?? verify.error} />
      {send.isSuccess && (
        <Button
          look="primary"
          big
          wide
          disabled={!/^\d{6}$/.test(code)}
          busy={verify.isPending && c('sending')}
          onClick={() => verify.mutate()}
        >
          {t('next')}
        </Button>
      )}
    </div>
  );
}

/** Fresh handwriting, seen back, redone at will; then the signature itself. */
function Ink({ place, ceremony, slot }: { place: Place; ceremony: Ceremony; slot: Slot }) {
  const t = useWords('ceremony');
  const [ink, setInk] = useState<InkValue | null>(null);
  const [clears, clear] = useState(0);
  const [showing, show] = useState(false);
  const document = JSON.parse(ceremony.canonicalText) as AgreementDocument;
  const sign = useVerb(async () => {
    if (
      ceremony.slots.every((s) => s.fieldName !== slot.fieldName || !s.steps.some((k) => k.kind === 'OPENED'))
    )
      await call(at.open.$post({ param: place }));
    if (ink) await call(at.ink.$post({ param: place, json: ink }));
    await signHere(place, await hashShownText(ceremony.canonicalText));
  });
  return (
    <div className="col">
      <h1>{t('inkTitle', { name: slot.signerName })}</h1>
      <p className="muted">{t('inkHint')}</p>
      <SignaturePad label={t('inkLabel')} onChange={setInk} clearSignal={clears} />
      <div className="row">
        <Button
          onClick={() => {
            setInk(null);
            clear((n) => n + 1);
          }}
        >
          {t('redo')}
        </Button>
        <Button onClick={() => show(true)}>{t('fullText')}</Button>
      </div>
      <Card className="col">
        <strong>{t('youSign', { n: ceremony.versionNumber })}</strong>
        <ol>
          {document.terms.map((term) => (
            <li key={term.block.id}>{term.text}</li>
          ))}
        </ol>
      </Card>
      <ErrorNotice error={sign.error} />
      <Button
        look="primary"
        big
        wide
        disabled={!ink}
        busy={sign.isPending && t('signing')}
        onClick={() => sign.mutate()}
      >
        {t('confirmSign')}
      </Button>
      {showing && (
        <Dialog title={t('fullText')} onClose={() => show(false)}>
          {Array.from({ length: ceremony.pages }, (_, i) => (
            <img
              // biome-ignore lint/suspicious/noArrayIndexKey: pages have no identity but their number
              key={i}
              className="paper"
              alt={t('pageAlt', { n: i + 1 })}
              src={`/api/cases/${place.caseId}/agreement/pages/${i + 1}?as=${location.pathname.startsWith('/p') ? 'party' : 'staff'}`}
            />
          ))}
        </Dialog>
      )}
    </div>
  );
}

function Signed({ slot, ceremony, onDone }: { slot: Slot; ceremony: Ceremony; onDone: () => void }) {
  const t = useWords('ceremony');
  const missing = ceremony.slots.filter((s) => !s.signedAt).map((s) => s.signerName);
  return (
    <div className="col">
      <h1>{t('signedTitle', { name: slot.signerName })}</h1>
      <p className="notice ok" role="status">
        {missing.length > 0 ? t('signedWait', { names: missing.join('、') }) : t('signedAll')}
      </p>
      <Button look="primary" big wide onClick={onDone}>
        {t('finish')}
      </Button>
    </div>
  );
}

/** Declining is possible at every step, with a reason; nothing already recorded is lost. */
function Decline({ place, onClose }: { place: Place; onClose: () => void }) {
  const t = useWords('ceremony');
  const [reason, setReason] = useState('');
  const send = useVerb(() => call(at.decline.$post({ param: place, json: { reason } })), onClose);
  return (
    <Dialog title={t('decline')} onClose={onClose}>
      <p>{t('declineHint')}</p>
      <TextField label={t('declineReason')} value={reason} onChange={setReason} rows={2} />
      <ErrorNotice error={send.error} />
      <Button look="seal" big disabled={!reason.trim()} onClick={() => send.mutate()}>
        {t('declineConfirm')}
      </Button>
    </Dialog>
  );
}
