import { randomUUID } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import { recordingHurdle } from '../../domain/recording/may-record.ts';
import { asHost, type Staff } from '../session/as-host.ts';
import { newRecordingKey } from './blocks.ts';
import { firstHash } from './chain.ts';
import { recordingFacts } from './people-present.ts';
import { goingRecording } from './transition-recording.ts';

/**
 * Starts recording an open session. `confirmed`: attendees without a consent sheet of their own who said yes to the host.
 * Refusals: SESSION_NOT_OPEN, CAUCUS_RUNNING, CONSENT_MISSING with the names, CONFLICT when one goes on already,
 * UNAVAILABLE where no recorder is configured.
 */
export function startRecording(
  ctx: Staff,
  input: { sessionId: string; confirmed: string[] },
): Promise<{ recordingId: string }> {
  if (!ctx.deps.recording) throw new DomainError('UNAVAILABLE', { reason: 'no-recorder' });
  return asHost(ctx, 'start-recording', input.sessionId, async (tx, { session }) => {
    await tx.$queryRaw`SELECT id FROM "Session" WHERE id = ${session.id}::uuid FOR UPDATE`;
    const facts = await recordingFacts(tx, session.id, input.confirmed);
    const hurdle = recordingHurdle(facts);
    if (hurdle?.kind === 'CAUCUS') throw new DomainError('CAUCUS_RUNNING');
    if (hurdle?.kind === 'CONSENT')
      throw new DomainError('CONSENT_MISSING', { name: hurdle.names.join('、'), item: 'RECORDING' });
    if (hurdle) throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    if (await goingRecording(tx, session.id)) throw new DomainError('CONFLICT', { reason: 'recording' });
    const confirmed = facts.unasked.map((p) => p.attendeeId).filter((one) => input.confirmed.includes(one));
    const id = randomUUID();
    const { courtId } = session;
    const at = { courtId, table: 'Recording', rowId: id, column: 'keyEnc' };
    await tx.recording.create({
      data: {
        id,
        courtId,
        sessionId: session.id,
        startedById: ctx.principal.staffUserId,
        status: 'STARTING',
        keyEnc: Buffer.from(ctx.deps.cipher.encrypt(at, newRecordingKey().toString('base64'))),
        confirmed,
        askedAt: ctx.deps.clock.now(),
        headHash: firstHash(id),
      },
    });
    await ctx.deps.jobs.enqueue(tx, 'recording.begin-part', { courtId, recordingId: id });
    return {
      answer: { recordingId: id },
      subject: { type: 'recording', id },
      data: { present: facts.people.length, confirmed: confirmed.length },
      personal: { present: facts.people.map((p) => p.name).join('、') },
    };
  });
}
