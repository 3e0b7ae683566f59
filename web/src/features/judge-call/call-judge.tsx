import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { colon, listMark, semicolon, useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, Tag, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { Since } from './since.tsx';

type Ringing = {
  id: string;
  urgent: boolean;
  since: string;
  ringingAt: string[];
  reached: { name: string; ways: ('PAGE' | 'PUSH' | 'SMS' | 'VOICE')[] }[];
  dutyPhone: string | null;
  takenBy: string | null;
};

/** 连线法官 from the room: one line of question; then where it rings, by name, for how long, until a judge comes. */
export function CallJudge({ sessionId, ringing }: { sessionId: string; ringing: Ringing | null }) {
  const t = useWords('judge-call');
  const c = useWords('common');
  const [asking, ask] = useState(false);
  const [question, setQuestion] = useState('');
  const [urgent, setUrgent] = useState(false);
  const ring = useVerb(() =>
    call(
      api.sessions[':sessionId']['judge-call'].$post({ param: { sessionId }, json: { question, urgent } }),
    ),
  );
  const cancel = useVerb((callId: string) =>
    call(api['judge-calls'][':callId'].cancel.$post({ param: { callId } })),
  );
  if (ringing && ringing.takenBy === null)
    return (
      <span className="row" role="status" data-judge-call="ringing">
        <Tag kind={ringing.ringingAt.length > 0 ? 'ok' : 'warn'}>
          {ringing.ringingAt.length > 0
            ? t('ringingAt', { names: ringing.ringingAt.join(listMark()) })
            : t('nobodyRings')}{' '}
          <Since at={ringing.since} />
        </Tag>
        <span className="muted small">
          {ringing.reached
            .filter(({ ways }) => ways.length > 0)
            .map(
              ({ name, ways }) => `${name}${colon()}${ways.map((way) => t(`way.${way}`)).join(listMark())}`,
            )
            .join(semicolon())}
        </span>
        {ringing.dutyPhone && (
          <a href={`tel:${ringing.dutyPhone}`}>{t('dutyNumber', { phone: ringing.dutyPhone })}</a>
        )}
        <Button look="ghost" onClick={() => cancel.mutate(ringing.id)}>
          {t('stopRinging')}
        </Button>
      </span>
    );
  return (
    <>
      <Button onClick={() => ask(true)}>{t('callJudge')}</Button>
      {asking && (
        <Dialog title={t('callJudge')} onClose={() => ask(false)}>
          <TextField label={t('question')} value={question} onChange={setQuestion} maxLength={120} />
          <Choice type="checkbox" checked={urgent} onChange={setUrgent}>
            {t('markUrgent')}
          </Choice>
          <ErrorNotice error={ring.error} />
          <Button
            look="primary"
            big
            disabled={question.trim() === ''}
            busy={ring.isPending && c('sending')}
            onClick={() => ring.mutate(undefined, { onSuccess: () => ask(false) })}
          >
            {t('callJudge')}
          </Button>
        </Dialog>
      )}
    </>
  );
}
