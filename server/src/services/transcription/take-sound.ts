import { MOST_SOUND_SECONDS } from '../../contract/sound.ts';
import { DomainError } from '../../domain/errors.ts';
import { MOST_SOUND_BYTES, soundSeconds } from '../../domain/transcription/wav.ts';
import { emitLive } from '../audit/append-audit.ts';
import { authoriseSession } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { mySeat } from '../session/my-seat.ts';
import { transact } from '../transact.ts';
import { requireSpeech } from './speech-hurdle.ts';
import { transcriptionTools } from './switch-transcription.ts';

type Speaker = Ctx<Extract<Principal, { kind: 'staff' | 'party' }>>;

/** A piece that arrives after a private talk may have begun in it: so long nothing is taken. */
const AFTER_TALK_MS = (MOST_SOUND_SECONDS + 5) * 1000;

/** Who translates or looks on says nothing of their own. */
const listening = ['INTERPRETER', 'OBSERVER'];

/**
 * A few seconds of the asking seat's microphone become a draft line. The sound is passed on and forgotten: it is in no
 * file, no row and no log. Asked again after the recogniser answered: what may not be heard by then is not kept either.
 * TOO_LARGE, BAD_REQUEST, CONFLICT when it is off or the seat is silent, RATE_LIMITED, UNAVAILABLE, and requireSpeech.
 */
export async function takeSound(
  ctx: Speaker,
  input: { sessionId: string; bytes: Uint8Array<ArrayBuffer> },
): Promise<void> {
  const { drafts, transcriber } = transcriptionTools(ctx);
  if (input.bytes.length > MOST_SOUND_BYTES) throw new DomainError('TOO_LARGE');
  const seconds = soundSeconds(input.bytes);
  if (seconds === null) throw new DomainError('BAD_REQUEST', { fields: ['body'] });
  const asked = () => transact(ctx, (tx) => speakerNow(tx, ctx, input.sessionId));
  const { seatId, name } = await asked();
  const at = new Date(ctx.deps.clock.now().getTime() - Math.round(seconds * 1000));
  const language = drafts.of(input.sessionId)?.language ?? 'zh-CN';
  const text = await drafts.within(seatId, () =>
    transcriber.transcribe({ wav: input.bytes, language }).catch((error: unknown) => {
      ctx.deps.log.warn({ err: error }, 'a piece of speech could not be turned into text');
      return undefined;
    }),
  );
  if (text === null) throw new DomainError('RATE_LIMITED', { seconds: 1 });
  await asked();
  if (text === undefined) drafts.fail(input.sessionId);
  else drafts.add(input.sessionId, { at, speaker: name, text });
  await tellReaders(ctx, input.sessionId);
  if (text === undefined) throw new DomainError('UNAVAILABLE', { reason: 'transcriber' });
}

/** The seat that speaks, and by whose name: whoever has the floor there, or the only one at it; '' when nobody knows. */
async function speakerNow(
  tx: Tx,
  ctx: Speaker,
  sessionId: string,
): Promise<{ seatId: string; name: string }> {
  const { session } = await authoriseSession(tx, ctx, 'join-room', sessionId);
  const { id } = await mySeat(tx, ctx, sessionId);
  const seat = await tx.seat.findUniqueOrThrow({
    where: { id },
    include: {
      admissions: { take: 1 },
      denials: { where: { liftedAt: null }, take: 1 },
      attendees: { where: { leftAt: null } },
      party: true,
      agent: true,
      staffUser: true,
    },
  });
  if (seat.denials.length > 0) throw new DomainError('REMOVED_FROM_SESSION');
  if (seat.admissions.length === 0) throw new DomainError('NOT_ADMITTED');
  if (!ctx.deps.transcription?.drafts.of(sessionId)?.on)
    throw new DomainError('CONFLICT', { reason: 'transcription' });
  if (seat.micMutedByHost || seat.besideStation || listening.includes(seat.kind))
    throw new DomainError('CONFLICT', { reason: 'silent' });
  await requireSpeech(tx, session);
  const since = new Date(ctx.deps.clock.now().getTime() - AFTER_TALK_MS);
  if ((await tx.caucus.count({ where: { sessionId, endedAt: { gt: since } } })) > 0)
    throw new DomainError('CAUCUS_RUNNING', { reason: 'just-ended' });
  const people = seat.attendees;
  const one = people.find((person) => person.hasFloor) ?? (people.length === 1 ? people[0] : undefined);
  const alone = people.length === 0 ? (seat.agent ?? seat.party ?? seat.staffUser) : null;
  return { seatId: id, name: one?.name ?? alone?.name ?? '' };
}

/** Those who look at the drafts fetch them; the event itself says nothing. */
async function tellReaders(ctx: Speaker, sessionId: string): Promise<void> {
  const readers = ctx.deps.transcription?.drafts.of(sessionId)?.readers ?? new Set<string>();
  if (readers.size === 0) return;
  const topics = [...readers].map((staffUserId) => `user:${staffUserId}`);
  await transact(ctx, (tx) => emitLive(tx, topics, 'transcription.draft'));
}
