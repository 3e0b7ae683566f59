import type { z } from 'zod';
import type { LayoutView } from '../../contract/recording.ts';
import { DomainError } from '../../domain/errors.ts';
import { recorderGrants } from '../../domain/room-grants.ts';
import type { Ctx, Deps, Tx } from '../context.ts';
import { hashSecret } from '../secrets-hash.ts';
import { inCourt } from '../transact.ts';
import { going } from './transition-recording.ts';

const TOKEN_TTL_SECONDS = 180;

/** The context in which a layout page acts, by its ticket's court; the ticket itself is checked with every act. */
export function layoutCtx(deps: Deps, request: { requestId: string; ip: string }, ticket: string): Ctx {
  const [courtId = ''] = ticket.split('.');
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(courtId)) throw new DomainError('UNAUTHENTICATED');
  return { deps, principal: { kind: 'system', courtId }, ...request };
}

/** The part that a layout page takes; UNAUTHENTICATED when the ticket is unknown or its part is over. */
export async function partOfTicket(tx: Tx, deps: Deps, ticket: string) {
  const part = await tx.recordingPart.findUnique({
    where: { ticketHash: hashSecret(deps.settings.tokenKey, 'recorder', ticket.split('.')[1] ?? '') },
    include: { recording: { include: { session: { include: { caucuses: { where: { endedAt: null } } } } } } },
  });
  if (!part || part.endedAt) throw new DomainError('UNAUTHENTICATED');
  return part;
}

/**
 * What a layout page needs: a token of the hidden participant (only for the main room, only to receive), and the names
 * that it draws. `stop` once the recording is to end.
 */
export async function greetLayout(ctx: Ctx, ticket: string): Promise<z.infer<typeof LayoutView>> {
  const { deps } = ctx;
  const { part, seats, title } = await inCourt(deps.db, ctx.principal.courtId, async (tx) => {
    const found = await partOfTicket(tx, deps, ticket);
    const session = await tx.session.findUniqueOrThrow({
      where: { id: found.recording.sessionId },
      include: {
        case: true,
        station: true,
        seats: {
          include: {
            party: true,
            agent: true,
            staffUser: true,
            attendees: { where: { leftAt: null }, orderBy: { arrivedAt: 'asc' } },
          },
        },
      },
    });
    return {
      part: found,
      title: `${session.case.number ?? ''} ${session.case.title}`.trim(),
      seats: session.seats.map((seat) => ({
        identity: seat.identity,
        interprets: seat.kind === 'INTERPRETER',
        label:
          seat.attendees.map((a) => a.name).join('、') ||
          (seat.agent?.name ?? seat.party?.name ?? seat.staffUser?.name ?? session.station.name),
      })),
    };
  });
  const { session, status } = part.recording;
  const running = going.some((one) => one === status);
  const grants = recorderGrants({ stage: session.status, running, caucus: session.caucuses.length > 0 });
  const view = { title, seats, stop: !grants.roomJoin, demo: deps.settings.demo };
  if (!grants.roomJoin || !session.room) return { ...view, token: null };
  const token = await deps.video.issueToken({
    room: session.room,
    identity: part.identity,
    grants,
    ttlSeconds: TOKEN_TTL_SECONDS,
  });
  return { ...view, token };
}
