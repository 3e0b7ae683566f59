import type { z } from 'zod';
import type { RecordingStateView, RecordingView } from '../../contract/recording.ts';
import { composeLines } from '../../domain/record/compose.ts';
import { partTrouble } from '../../domain/recording/lifecycle.ts';
import { recordingHurdle } from '../../domain/recording/may-record.ts';
import { authoriseCase, authoriseSession } from '../authorise.ts';
import { hasConsent } from '../case/read-case.ts';
import { runningCaucus } from '../caucus/running-caucus.ts';
import type { Ctx, Tx } from '../context.ts';
import { loadRecorded, recordFacts } from '../record/record-facts.ts';
import { transact } from '../transact.ts';
import { recordingFacts } from './people-present.ts';
import { going } from './transition-recording.ts';

/** The first piece of a part comes so long after its beginning (web/src/recorder). */
export const FIRST_PIECE_MS = 1000;

/**
 * Whether a session is recorded now, for everybody in it; what keeps it from starting, for those who may start it; one's
 * own answer, for a party.
 */
export function readRecordingState(ctx: Ctx, sessionId: string): Promise<z.infer<typeof RecordingStateView>> {
  return transact(ctx, async (tx) => {
    const { session, duties } = await authoriseSession(tx, ctx, 'read-session', sessionId);
    const newest = await tx.recording.findFirst({
      where: { sessionId },
      orderBy: { askedAt: 'desc' },
      include: { parts: { orderBy: { number: 'desc' }, take: 1 } },
    });
    const host = duties.includes('DIRECTOR') || duties.includes('MEDIATOR');
    const facts = host ? await recordingFacts(tx, sessionId, (newest?.confirmed ?? []) as string[]) : null;
    const [part] = newest?.parts ?? [];
    const trouble = part ? partTrouble(part, ctx.deps.clock.now()) : null;
    const still = newest !== null && going.some((s) => s === newest.status);
    return {
      available: ctx.deps.recording !== undefined,
      status: newest?.status ?? null,
      since: newest?.startedAt?.toISOString() ?? null,
      part: part?.number ?? null,
      stopReason: newest?.stopReason ?? null,
      trouble: still && (trouble !== null || newest.status === 'INTERRUPTED'),
      held: still && (session.status === 'PAUSED' || (await runningCaucus(tx, { sessionId })) !== null),
      hurdle: facts ? (recordingHurdle(facts)?.kind ?? null) : null,
      people: facts?.people.map(({ name, kind, agreed }) => ({ name, kind, agreed })) ?? [],
      unasked: facts?.unasked ?? [],
      mine: await ownAnswer(tx, ctx, session.caseId),
    };
  });
}

async function ownAnswer(
  tx: Tx,
  ctx: Ctx,
  caseId: string,
): Promise<{ partyId: string; agreed: boolean } | null> {
  if (ctx.principal.kind !== 'party' || !ctx.principal.partyId) return null;
  const party = await tx.party.findFirst({
    where: { id: ctx.principal.partyId, caseId },
    include: { consents: { orderBy: { at: 'asc' } } },
  });
  return party ? { partyId: party.id, agreed: hasConsent(party, 'RECORDING') } : null;
}

/** The recordings of a case with their parts and, as chapters, what stands in the record at that time. */
export function listRecordings(ctx: Ctx, caseId: string): Promise<z.infer<typeof RecordingView>[]> {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'play-recording', caseId);
    const found = await tx.recording.findMany({
      where: { session: { caseId }, startedAt: { not: null } },
      orderBy: { askedAt: 'asc' },
      include: {
        parts: { where: { firstChunkAt: { not: null } }, orderBy: { number: 'asc' } },
        startedBy: true,
        stamps: { orderBy: { chunkCount: 'desc' }, take: 1 },
      },
    });
    const views: z.infer<typeof RecordingView>[] = [];
    for (const recording of found) {
      const lines = composeLines(recordFacts(ctx.deps, await loadRecorded(tx, recording.sessionId)));
      views.push({
        id: recording.id,
        sessionId: recording.sessionId,
        status: recording.status,
        startedBy: recording.startedBy.name,
        startedAt: recording.startedAt?.toISOString() ?? null,
        stoppedAt: recording.stoppedAt?.toISOString() ?? null,
        stopReason: recording.stopReason,
        chunkCount: recording.chunkCount,
        headHash: recording.headHash,
        stampedAt: recording.stamps[0]?.time.toISOString() ?? null,
        closed: recording.manifest !== null,
        deletedAt: recording.deletedAt?.toISOString() ?? null,
        parts: recording.parts.map((part) => {
          const zero = (part.firstChunkAt ?? part.startedAt).getTime() - FIRST_PIECE_MS;
          const end = part.lastChunkAt?.getTime() ?? zero;
          return {
            number: part.number,
            from: new Date(zero).toISOString(),
            to: new Date(end).toISOString(),
            durationMs: part.durationMs,
            size: part.size,
            mime: part.mime,
            ready: part.storageKey !== null && recording.deletedAt === null,
            chapters: lines
              .filter((line) => Date.parse(line.at) >= zero && Date.parse(line.at) <= end)
              .map((line) => ({
                atMs: Date.parse(line.at) - zero,
                text: line.speaker ? `${line.speaker}：${line.text}` : line.text,
              })),
          };
        }),
      });
    }
    return views;
  });
}
