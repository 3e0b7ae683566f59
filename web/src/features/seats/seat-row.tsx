import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, Tag } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { SelfTestTag } from '../devices/self-test-tag.tsx';
import { isRunning, type Session } from '../room/use-session.ts';

type Seat = Session['seats'][number];

function stateOf(seat: Seat) {
  if (seat.removed) return 'removed';
  if (seat.connected) return 'connected';
  return seat.present ? 'waiting' : 'notYet';
}

/** One seat: its state in words, what it lacks, and what the host may do about it. */
export function SeatRow({ session, seat }: { session: Session; seat: Seat }) {
  const t = useWords('seats');
  const verbs = useSeatVerbs(session.id, seat.id);
  const can = (action: Session['can'][number]) => session.can.includes(action);
  const live = isRunning(session);
  const inside = live && seat.admitted && !seat.removed;
  const error = Object.values(verbs).find((verb) => verb.error)?.error;
  return (
    <div className="col" data-seat-row={seat.kind}>
      <div className="row">
        <span className="grow">
          {seat.label} <Tag kind={seat.connected ? 'ok' : 'info'}>{t(`state.${stateOf(seat)}`)}</Tag>{' '}
          {seat.microphoneOff && <Tag kind="warn">{t('isMuted')}</Tag>}{' '}
          {seat.cameraOff && <Tag kind="warn">{t('isDark')}</Tag>}{' '}
          {seat.besideStation && <Tag kind="info">{t('isBeside')}</Tag>}{' '}
          {seat.byTelephone && <Tag kind="info">{t('byTelephone')}</Tag>}{' '}
          {seat.spotlit && <Tag kind="info">{t('isLarge')}</Tag>}{' '}
          {seat.selfTest && !seat.connected && <SelfTestTag test={seat.selfTest} />}
        </span>
        {seat.handRaisedAt && can('lower-hand') && (
          <Button onClick={() => verbs.lower.mutate()}>{t('lowerHand')}</Button>
        )}
        {live && seat.present && !seat.admitted && !seat.removed && !session.locked && (
          <Button look="primary" onClick={() => verbs.admit.mutate()}>
            {t('admit')}
          </Button>
        )}
        {session.status === 'CHECKING' && !seat.host && seat.admitted && (
          <Button aria-pressed={seat.beingChecked} onClick={() => verbs.check.mutate()}>
            {t(seat.beingChecked ? 'beingChecked' : 'talkTo')}
          </Button>
        )}
        {live &&
          session.telephone &&
          seat.partyId &&
          !seat.connected &&
          !seat.byTelephone &&
          can('dial-person') && <Button onClick={() => verbs.dial.mutate()}>{t('dial')}</Button>}
        {seat.removed && can('lift-removal') && (
          <Button onClick={() => verbs.lift.mutate()}>{t('lift')}</Button>
        )}
      </div>
      <ErrorNotice error={error} />
      {inside && session.status === 'OPEN' && (
        <details>
          <summary>{t('manage', { name: seat.label })}</summary>
          <div className="row">
            {!seat.mine && (
              <>
                <Button
                  aria-pressed={seat.microphoneOff}
                  onClick={() => verbs.mute.mutate({ kind: 'audio', off: !seat.microphoneOff })}
                >
                  {t(seat.microphoneOff ? 'unmute' : 'mute')}
                </Button>
                <Button
                  aria-pressed={seat.cameraOff}
                  onClick={() => verbs.mute.mutate({ kind: 'video', off: !seat.cameraOff })}
                >
                  {t(seat.cameraOff ? 'giveCamera' : 'takeCamera')}
                </Button>
              </>
            )}
            {can('spotlight') && (
              <Button aria-pressed={seat.spotlit} onClick={() => verbs.spotlight.mutate(!seat.spotlit)}>
                {t(seat.spotlit ? 'unspotlight' : 'spotlight')}
              </Button>
            )}
            {seat.kind !== 'STATION' && can('seat-attendees') && (
              <Button
                aria-pressed={seat.besideStation}
                title={t('besideHint')}
                onClick={() => verbs.beside.mutate(!seat.besideStation)}
              >
                {t(seat.besideStation ? 'notBeside' : 'beside')}
              </Button>
            )}
            {!seat.host && !seat.mine && (
              <Button look="seal" onClick={() => verbs.remove.mutate()}>
                {t('remove')}
              </Button>
            )}
          </div>
          {seat.kind !== 'STATION' && <p className="muted small">{t('besideHint')}</p>}
        </details>
      )}
    </div>
  );
}

/** The host's verbs on one seat. */
function useSeatVerbs(sessionId: string, seatId: string) {
  const t = useWords('seats');
  const param = { sessionId, seatId };
  const seats = api.sessions[':sessionId'].seats[':seatId'];
  return {
    admit: useVerb(() => call(seats.admit.$post({ param }))),
    check: useVerb(() => call(seats.check.$post({ param }))),
    lift: useVerb(() => call(seats['lift-removal'].$post({ param }))),
    dial: useVerb(() => call(seats.dial.$post({ param }))),
    lower: useVerb(() => call(seats['lower-hand'].$post({ param }))),
    remove: useVerb(() => call(seats.remove.$post({ param, json: { reason: t('removedByHost') } }))),
    mute: useVerb((json: { kind: 'audio' | 'video'; off: boolean }) =>
      call(seats.mute.$post({ param, json })),
    ),
    spotlight: useVerb((on: boolean) => call(seats.spotlight.$post({ param, json: { on } }))),
    beside: useVerb((is: boolean) => call(seats['beside-station'].$post({ param, json: { beside: is } }))),
  };
}
