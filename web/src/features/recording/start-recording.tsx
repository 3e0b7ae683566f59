import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, Tag } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import type { RecordingState } from './use-recording.ts';

const waiting = {
  NOT_OPEN: 'waitOpen',
  CAUCUS: 'waitCaucus',
  NOBODY: 'waitNobody',
  CONSENT: 'waitConsent',
} as const;

/** Everybody who would be recorded, by name, with their answer; who has no consent sheet is asked in person. */
export function StartRecording({
  sessionId,
  state,
  onClose,
}: {
  sessionId: string;
  state: RecordingState;
  onClose: () => void;
}) {
  const t = useWords('recording');
  const [confirmed, confirm] = useState<string[]>([]);
  const start = useVerb(
    () =>
      call(api.sessions[':sessionId'].recording.start.$post({ param: { sessionId }, json: { confirmed } })),
    onClose,
  );
  const asked = state.unasked.every((person) => confirmed.includes(person.attendeeId));
  const refusing = state.people.some((person) => person.kind === 'PARTY' && !person.agreed);
  const hurdle = state.hurdle === 'CONSENT' ? (refusing ? 'CONSENT' : null) : state.hurdle;
  return (
    <Dialog title={t('startTitle')} onClose={onClose}>
      <p>{t('startHint')}</p>
      <ul className="recording-people">
        {state.people
          .filter((person) => person.kind !== 'OTHER')
          .map((person) => (
            <li key={`${person.kind}${person.name}`} className="row">
              <span className="grow">{person.name}</span>
              <Tag kind={person.agreed ? 'ok' : 'warn'}>
                {t(person.kind === 'STAFF' ? 'onDuty' : person.agreed ? 'agreed' : 'notAgreed')}
              </Tag>
            </li>
          ))}
      </ul>
      {state.unasked.map(({ attendeeId, name }) => (
        <Choice
          key={attendeeId}
          type="checkbox"
          checked={confirmed.includes(attendeeId)}
          onChange={(on) =>
            confirm(on ? [...confirmed, attendeeId] : confirmed.filter((id) => id !== attendeeId))
          }
        >
          {t('ask', { name })}
        </Choice>
      ))}
      {!state.available && <p className="notice warn">{t('notAvailable')}</p>}
      {hurdle && <p className="notice warn">{t(waiting[hurdle])}</p>}
      <ErrorNotice error={start.error} />
      <Button
        look="primary"
        big
        disabled={!state.available || hurdle !== null || !asked}
        busy={start.isPending && t('starting')}
        onClick={() => start.mutate()}
      >
        {t('startButton')}
      </Button>
    </Dialog>
  );
}
