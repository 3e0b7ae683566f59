import { useEffect, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import type { Session } from './use-session.ts';

type Attendee = Session['seats'][number]['attendees'][number];
type Who = { partyId?: string; agentId?: string; name?: string };

/** 本站：方慧 庭务主任 · 陈阿根 · ＋有人到场 */
export function StationPeople({ session, seat }: { session: Session; seat: Session['seats'][number] }) {
  const t = useWords('session');
  const [adding, add] = useState(false);
  const [swapping, swap] = useState<Attendee | null>(null);
  const [back, setBack] = useState<{ attendeeId: string; who: Who; name: string } | null>(null);
  const param = { sessionId: session.id };
  const floor = useVerb((attendeeId: string) =>
    call(
      api.sessions[':sessionId'].attendees[':attendeeId'].floor.$post({ param: { ...param, attendeeId } }),
    ),
  );
  const leave = useVerb((attendeeId: string) =>
    call(api.sessions[':sessionId'].attendees[':attendeeId'].$delete({ param: { ...param, attendeeId } })),
  );
  const change = useVerb(
    ({ from, who }: { from: Attendee; who: Who }) =>
      call(
        api.sessions[':sessionId'].attendees[':attendeeId'].swap.$post({
          param: { ...param, attendeeId: from.id },
          json: who,
        }),
      ).then(({ attendeeId, back: { partyId, agentId, name } }) =>
        setBack({
          attendeeId,
          who: {
            ...(partyId ? { partyId } : {}),
            ...(agentId ? { agentId } : {}),
            ...(name ? { name } : {}),
          },
          name: from.name,
        }),
      ),
    () => swap(null),
  );
  const can = session.can.includes('seat-attendees');
  return (
    <div className="row">
      <span className="muted">{t('atStation')}</span>
      {seat.attendees.map((a) => (
        <span key={a.id} className="row">
          <button
            type="button"
            className={`chip ${a.hasFloor ? 'talk' : ''}`}
            onClick={() => floor.mutate(a.id)}
            disabled={!can}
            title={t('giveFloor')}
          >
            <b aria-hidden="true">{a.name.slice(0, 1)}</b>
            {a.name} {a.hasFloor ? t('speaking') : t(`status:duty.${a.duty}`)}
          </button>
          {can && a.duty !== 'DIRECTOR' && (
            <>
              {back?.attendeeId === a.id ? (
                <Button look="ghost" onClick={() => change.mutate({ from: a, who: back.who })}>
                  {t('swapBack', { name: back.name })}
                </Button>
              ) : (
                <Button look="ghost" aria-label={t('swapWith', { name: a.name })} onClick={() => swap(a)}>
                  {t('swap')}
                </Button>
              )}
              <Button
                look="ghost"
                aria-label={t('left', { name: a.name })}
                onClick={() => leave.mutate(a.id)}
              >
                ×
              </Button>
            </>
          )}
        </span>
      ))}
      {can && (
        <Button look="ghost" onClick={() => add(true)}>
          {t('arrived')}
        </Button>
      )}
      {adding && <Arrive session={session} seatId={seat.id} onClose={() => add(false)} />}
      {swapping && (
        <ChoosePerson
          session={session}
          title={t('whoTakesOver', { name: swapping.name })}
          confirm={t('takesOver')}
          error={change.error}
          onChoose={(who) => change.mutate({ from: swapping, who })}
          onClose={() => swap(null)}
        />
      )}
      {!swapping && <ErrorNotice error={change.error} />}
    </div>
  );
}

function Arrive({ session, seatId, onClose }: { session: Session; seatId: string; onClose: () => void }) {
  const t = useWords('session');
  const arrive = useVerb(
    (who: Who) =>
      call(
        api.sessions[':sessionId'].seats[':seatId'].attendees.$post({
          param: { sessionId: session.id, seatId },
          json: who,
        }),
      ),
    onClose,
  );
  return (
    <ChoosePerson
      session={session}
      title={t('whoArrived')}
      confirm={t('addOther')}
      error={arrive.error}
      onChoose={(who) => arrive.mutate(who)}
      onClose={onClose}
    />
  );
}

/** Whoever of the case is not here yet by one tap, anybody else by name. */
function ChoosePerson({
  session,
  title,
  confirm,
  error,
  onChoose,
  onClose,
}: {
  session: Session;
  title: string;
  /** What the button under the name says. */
  confirm: string;
  error: Error | null;
  onChoose: (who: Who) => void;
  onClose: () => void;
}) {
  const t = useWords('session');
  const [name, setName] = useState('');
  const here = new Set(session.seats.flatMap((s) => s.attendees.flatMap((a) => [a.partyId, a.name])));
  return (
    <Dialog title={title} onClose={onClose}>
      <Parties caseId={session.caseId} here={here} onChoose={onChoose} />
      <TextField label={t('otherPerson')} value={name} onChange={setName} />
      <ErrorNotice error={error} />
      <Button disabled={name.trim() === ''} onClick={() => onChoose({ name })}>
        {confirm}
      </Button>
    </Dialog>
  );
}

function Parties({
  caseId,
  here,
  onChoose,
}: {
  caseId: string;
  here: Set<string | null>;
  onChoose: (who: { partyId: string; agentId?: string }) => void;
}) {
  const query = useCaseParties(caseId);
  return (
    <div className="col">
      {query
        .filter((p) => !here.has(p.who.agentId ? p.name : p.who.partyId))
        .map((p) => (
          <Button key={p.who.agentId ?? p.who.partyId} big onClick={() => onChoose(p.who)}>
            {p.name}
          </Button>
        ))}
    </div>
  );
}

type Person = { who: { partyId: string; agentId?: string }; name: string };

/** The parties and those who act for them. */
function useCaseParties(caseId: string): Person[] {
  const [people, set] = useState<Person[]>([]);
  useEffect(() => {
    void call(api.cases[':caseId'].$get({ param: { caseId } })).then((c) =>
      set(
        c.parties.flatMap(({ id, name, agents }) => [
          { who: { partyId: id }, name },
          ...agents.map((agent) => ({ who: { partyId: id, agentId: agent.id }, name: agent.name })),
        ]),
      ),
    );
  }, [caseId]);
  return people;
}
