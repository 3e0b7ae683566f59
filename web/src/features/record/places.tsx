import { useEffect, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import type { RecordView } from './use-record.ts';

type Remote = RecordView['remote'][number];

/** Each online place by name, before the record is read out. */
export function Places({ sessionId, record }: { sessionId: string; record: RecordView }) {
  const t = useWords('record');
  if (record.remote.length === 0) return null;
  return (
    <details>
      <summary>{t('places')}</summary>
      <div className="col">
        <p className="muted small">{t('placesHint')}</p>
        {record.remote.map((person) => (
          <Place key={person.attendeeId} sessionId={sessionId} person={person} />
        ))}
      </div>
    </details>
  );
}

function Place({ sessionId, person }: { sessionId: string; person: Remote }) {
  const t = useWords('record');
  const [place, setPlace] = useState(person.place);
  const save = useVerb(() =>
    call(
      api.sessions[':sessionId'].attendees[':attendeeId'].place.$post({
        param: { sessionId, attendeeId: person.attendeeId },
        json: { place },
      }),
    ),
  );
  useEffect(() => setPlace(person.place), [person.place]);
  return (
    <>
      <TextField
        label={t('placeOf', { name: person.name })}
        value={place}
        onChange={setPlace}
        maxLength={80}
      />
      <ErrorNotice error={save.error} />
      <Button disabled={!place.trim() || place === person.place} onClick={() => save.mutate()}>
        {t('placeSave')}
      </Button>
    </>
  );
}
