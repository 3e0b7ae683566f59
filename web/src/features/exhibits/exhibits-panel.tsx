import { useState } from 'react';
import { api, call, upload } from '../../api/client.ts';
import { aside, listMark, useWords } from '../../i18n/index.ts';
import { Button, Choice, ErrorNotice, Field, Waiting } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { useVerb } from '../case/use-verb.ts';
import { useSession } from '../room/use-session.ts';

/** Chosen people, then a paper of the case or one photographed now. */
export function ExhibitsPanel({ sessionId, caseId }: { sessionId: string; caseId: string }) {
  const t = useWords('exhibits');
  const c = useWords('common');
  const session = useSession(sessionId).data;
  const theCase = useCase(caseId).data;
  const [left, setLeft] = useState<string[]>([]);
  const seats = session?.seats.filter((s) => s.admitted && !s.removed) ?? [];
  const seatIds = seats.map((s) => s.id).filter((id) => !left.includes(id));
  const show = useVerb((attachmentId: string) =>
    call(
      api.sessions[':sessionId'].exhibits.$post({ param: { sessionId }, json: { attachmentId, seatIds } }),
    ),
  );
  const take = useVerb(async (file: File) => {
    const form = new FormData();
    form.set('file', file);
    form.set('kind', 'EVIDENCE');
    const { id } = await upload<{ id: string }>(`/api/cases/${caseId}/attachments`, form);
    await show.mutateAsync(id);
  });
  if (!session || !theCase) return <Waiting>{c('loading')}</Waiting>;
  const papers = theCase.attachments.filter((a) => a.kind !== 'IDENTITY');
  return (
    <div className="col">
      <h2>{t('title')}</h2>
      <p className="muted small">{t('hint')}</p>
      <fieldset className="plain col">
        <legend>{t('who')}</legend>
        {seats.map((seat) => (
          <Choice
            key={seat.id}
            type="checkbox"
            checked={seatIds.includes(seat.id)}
            onChange={(on) => setLeft((now) => (on ? now.filter((id) => id !== seat.id) : [...now, seat.id]))}
          >
            {seat.label}
            {seat.kind === 'STATION' &&
              seat.attendees.length > 0 &&
              aside(seat.attendees.map((a) => a.name).join(listMark()))}
          </Choice>
        ))}
      </fieldset>
      <ErrorNotice error={show.error ?? take.error} />
      <h3>{t('papers')}</h3>
      {papers.length === 0 && <p className="muted">{t('none')}</p>}
      {papers.map((a) => (
        <div className="row" key={a.id}>
          <span className="grow">{a.name}</span>
          <Button disabled={seatIds.length === 0} onClick={() => show.mutate(a.id)}>
            {t('show')}
          </Button>
        </div>
      ))}
      {take.isPending ? (
        <Waiting>{t('taking')}</Waiting>
      ) : (
        <Field label={t('take')}>
          {(props) => (
            <input
              {...props}
              type="file"
              accept="image/*,application/pdf"
              capture="environment"
              disabled={seatIds.length === 0}
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (file) take.mutate(file);
                event.target.value = '';
              }}
            />
          )}
        </Field>
      )}
    </div>
  );
}
