import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { aside, formatTime, listMark, useWords } from '../../i18n/index.ts';
import { Button, Choice, ErrorNotice, TextField, Waiting } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { useVerb } from '../case/use-verb.ts';
import { useSession } from '../room/use-session.ts';
import { useCaucus } from './use-caucus.ts';

type Side = 'APPLICANT' | 'RESPONDENT';

/** The mediator's tab: open a private talk after seeing who will hear, keep one's own notes. */
export function CaucusPanel({ sessionId }: { sessionId: string }) {
  const t = useWords('caucus');
  const c = useWords('common');
  const caucus = useCaucus(sessionId);
  if (caucus.error) return <ErrorNotice error={caucus.error} />;
  if (!caucus.data) return <Waiting>{c('loading')}</Waiting>;
  const running = caucus.data.running;
  return (
    <div className="col">
      <h2>{t('title')}</h2>
      {running ? <p className="muted small">{t('draftWaits')}</p> : <Prepare sessionId={sessionId} />}
      <Notes sessionId={sessionId} runningId={running?.mine ? running.id : null} />
    </div>
  );
}

function Prepare({ sessionId }: { sessionId: string }) {
  const t = useWords('caucus');
  const session = useSession(sessionId).data;
  const theCase = useCase(session?.caseId ?? '').data;
  const [side, setSide] = useState<Side | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [left, setLeft] = useState<string[]>([]);
  const seats = session?.seats.filter((seat) => seat.admitted && !seat.removed) ?? [];
  const mine = session?.mySeatId ?? '';
  const seatIds = [mine, ...chosen.filter((id) => id !== mine && seats.some((s) => s.id === id))];
  const people = seats.flatMap((s) => s.attendees.map((a) => a.id)).join();
  const preview = useQuery({
    queryKey: ['caucus-preview', sessionId, side, seatIds.join(), people],
    enabled: side !== null && seatIds.length > 1,
    queryFn: () =>
      call(
        api.sessions[':sessionId'].caucus.preview.$post({
          param: { sessionId },
          json: { seatIds, side: side ?? 'APPLICANT' },
        }),
      ),
  });
  const open = useVerb(() =>
    call(
      api.sessions[':sessionId'].caucus.$post({
        param: { sessionId },
        json: {
          seatIds,
          side: side ?? 'APPLICANT',
          hears: preview.data?.hears.map((p) => p.name) ?? [],
          left,
        },
      }),
    ),
  );
  if (!session || !theCase) return null;
  const namesOf = (which: Side) =>
    theCase.parties
      .filter((p) => p.side === which)
      .map((p) => p.name)
      .join(listMark());
  const ofSide = (which: Side) => new Set(theCase.parties.filter((p) => p.side === which).map((p) => p.id));
  /** Seats on which somebody of this side sits are proposed; a seat of the other side's own never is. */
  const choose = (which: Side) => {
    const ids = ofSide(which);
    setSide(which);
    setLeft([]);
    setChosen(
      seats
        .filter(
          (s) =>
            (s.partyId && ids.has(s.partyId)) || s.attendees.some((a) => a.partyId && ids.has(a.partyId)),
        )
        .map((s) => s.id),
    );
  };
  const missing = preview.data?.mustLeave.filter((p) => !left.includes(p.attendeeId)) ?? [];
  const ready =
    preview.data !== undefined &&
    missing.length === 0 &&
    preview.data.otherSide.length === 0 &&
    preview.data.hears.length > 1;
  return (
    <div className="col">
      <p className="muted small">{t('hint')}</p>
      <fieldset className="plain col">
        <legend>{t('withWhom')}</legend>
        {(['APPLICANT', 'RESPONDENT'] as const).map((one) => (
          <Choice key={one} type="radio" name="side" checked={side === one} onChange={() => choose(one)}>
            {t(`side.${one}`, { names: namesOf(one) })}
          </Choice>
        ))}
      </fieldset>
      {side && (
        <fieldset className="plain col">
          <legend>{t('seats')}</legend>
          {seats
            .filter((seat) => !seat.partyId || ofSide(side).has(seat.partyId))
            .map((seat) => (
              <Choice
                key={seat.id}
                type="checkbox"
                checked={seatIds.includes(seat.id)}
                onChange={(on) =>
                  setChosen((now) => (on ? [...now, seat.id] : now.filter((id) => id !== seat.id)))
                }
              >
                {seat.label}
                {seat.kind === 'STATION' &&
                  seat.attendees.length > 0 &&
                  aside(seat.attendees.map((a) => a.name).join(listMark()))}
                {seat.id === mine && ` ${t('mySeat')}`}
              </Choice>
            ))}
        </fieldset>
      )}
      {side && seatIds.length < 2 && <p className="muted">{t('nobody')}</p>}
      <ErrorNotice error={preview.error ?? open.error} />
      {preview.data && seatIds.length > 1 && (
        <section className="col" aria-label={t('hears')}>
          <p className="notice warn">{t('hearsWarn')}</p>
          <ul data-hears>
            {preview.data.hears.map((p) => (
              <li key={`${p.name}${p.place}`}>
                <strong>{p.name}</strong> <span className="muted">{p.place === '远程' ? '' : p.place}</span>
              </li>
            ))}
          </ul>
          {preview.data.otherSide.length > 0 && (
            <p className="notice seal">
              {t('otherSide', { names: preview.data.otherSide.join(listMark()) })}
            </p>
          )}
          {preview.data.mustLeave.length > 0 && (
            <>
              <p className="notice seal">{t('mustLeave')}</p>
              {preview.data.mustLeave.map((p) => (
                <Choice
                  key={p.attendeeId}
                  type="checkbox"
                  checked={left.includes(p.attendeeId)}
                  onChange={(on) =>
                    setLeft((now) => (on ? [...now, p.attendeeId] : now.filter((id) => id !== p.attendeeId)))
                  }
                >
                  {t('attest', { name: p.name })}
                </Choice>
              ))}
            </>
          )}
          <Button
            look="primary"
            big
            wide
            disabled={!ready || session.status !== 'OPEN'}
            busy={open.isPending && t('opening')}
            onClick={() => open.mutate()}
          >
            {t('open', { count: preview.data.hears.length })}
          </Button>
        </section>
      )}
    </div>
  );
}

function Notes({ sessionId, runningId }: { sessionId: string; runningId: string | null }) {
  const t = useWords('caucus');
  const notes = useQuery({
    queryKey: ['caucus', 'notes', sessionId],
    queryFn: () => call(api.sessions[':sessionId']['caucus-notes'].$get({ param: { sessionId } })),
  });
  if (!notes.data || notes.data.length === 0) return null;
  return (
    <section className="col" aria-label={t('notes')}>
      <h3>{t('notes')}</h3>
      <p className="muted small">{t('notesHint')}</p>
      {notes.data.toReversed().map((note) => (
        <Note
          key={note.caucusId}
          sessionId={sessionId}
          caucusId={note.caucusId}
          stored={note.text}
          label={t('noteOf', { at: formatTime(note.since), names: note.hears.join(listMark()) })}
          rows={note.caucusId === runningId ? 8 : 3}
        />
      ))}
    </section>
  );
}

function Note({
  sessionId,
  caucusId,
  stored,
  label,
  rows,
}: {
  sessionId: string;
  caucusId: string;
  stored: string;
  label: string;
  rows: number;
}) {
  const t = useWords('caucus');
  const [text, setText] = useState(stored);
  const keep = useVerb(() =>
    call(
      api.sessions[':sessionId'].caucuses[':caucusId'].note.$post({
        param: { sessionId, caucusId },
        json: { text },
      }),
    ),
  );
  useEffect(() => setText(stored), [stored]);
  return (
    <>
      <TextField label={label} rows={rows} maxLength={8000} value={text} onChange={setText} />
      <ErrorNotice error={keep.error} />
      <Button disabled={text === stored} onClick={() => keep.mutate()}>
        {t(text === stored && text !== '' ? 'saved' : 'saveNote')}
      </Button>
    </>
  );
}
