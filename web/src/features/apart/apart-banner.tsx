import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import type { Session } from '../room/use-session.ts';

/** The sides must not meet: to a party in one sentence, to neutral people with the way over to the other room. */
export function ApartBanner({ session }: { session: Session }) {
  const t = useWords('apart');
  const { apart } = session;
  const move = useVerb((side: 'APPLICANT' | 'RESPONDENT') =>
    call(
      api.sessions[':sessionId']['between-rooms'].$post({
        param: { sessionId: session.id },
        json: { side },
      }),
    ),
  );
  if (!apart) return null;
  const party = session.seats.find((seat) => seat.id === session.mySeatId)?.partyId != null;
  const across = apart.side === 'APPLICANT' ? 'RESPONDENT' : 'APPLICANT';
  const side = t(`side.${apart.side}`);
  const text = party
    ? t(apart.hostHere ? 'party' : 'partyWaits')
    : t(apart.hostHere ? 'staff' : 'staffAlone', { side });
  return (
    <div className="notice warn row caucus-banner" role="status" data-apart={apart.side}>
      <strong className="grow">{text}</strong>
      {apart.canMove && (
        <Button look="primary" busy={move.isPending && t('moving')} onClick={() => move.mutate(across)}>
          {t(`move.${across}`)}
        </Button>
      )}
      <ErrorNotice error={move.error} />
    </div>
  );
}
