import { RING_ON_MS, ringingAt } from '../../domain/judge-call/ringing.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Tx } from '../context.ts';
import { queueSms } from '../sms/queue-sms.ts';
import { transact } from '../transact.ts';
import { townOf } from './duty-list.ts';

/** How one judge was told: on an open page, by push, text message, voice call. */
export type CallReach = { id: string; ways: ('PAGE' | 'PUSH' | 'SMS' | 'VOICE')[] };
type Call = Prisma.JudgeCallGetPayload<object>;

/** Whoever asked for something so recently has a page open, which rings by itself; others get a text message. */
const AT_THE_SCREEN_MS = 120_000;

/** A call that nobody took, cancelled or left behind with its session. */
export const openCall = { takenAt: null, cancelledAt: null } satisfies Prisma.JudgeCallWhereInput;

/** Guiding judges of the station's town by id; the paired judge and the delegate are among them. */
export async function judgesAround(tx: Tx, stationId: string) {
  const townId = (await townOf(tx, stationId))?.id;
  const near: Prisma.StationWhereInput = townId
    ? { place: { OR: [{ id: townId }, { parentId: townId }] } }
    : { id: stationId };
  return tx.staffUser.findMany({
    where: {
      disabledAt: null,
      duties: { some: { duty: 'GUIDING_JUDGE', until: null } },
      OR: [
        { pairingsAsJudge: { some: { until: null, station: near } } },
        { pairingsAsDelegate: { some: { until: null, station: near } } },
        ...(townId ? [{ judgeDuties: { some: { placeId: townId } } }] : []),
      ],
    },
    orderBy: { id: 'asc' },
    select: {
      id: true,
      name: true,
      phoneEnc: true,
      judgeDuties: { where: { placeId: townId ?? stationId }, select: { position: true } },
      pushSubscriptions: { select: { id: true } },
      sessions: { where: { revokedAt: null }, orderBy: { lastSeenAt: 'desc' }, take: 1 },
    },
  });
}

/** The town's list in its order; where no administrator wrote one, every judge around. */
function townList(judges: Awaited<ReturnType<typeof judgesAround>>): string[] {
  const place = (judge: (typeof judges)[number]) => judge.judgeDuties[0]?.position;
  const listed = judges.filter((judge) => place(judge) !== undefined);
  return (listed.length > 0 ? listed.toSorted((a, b) => (place(a) ?? 0) - (place(b) ?? 0)) : judges).map(
    (judge) => judge.id,
  );
}

/** Judges of these who sit in a running session and asked not to be disturbed there. */
export async function quietJudges(tx: Tx, ids: string[]): Promise<Set<string>> {
  const quiet = await tx.staffUser.findMany({
    where: {
      id: { in: ids },
      doNotDisturb: true,
      seats: { some: { leaseUntil: { gt: new Date() }, session: { status: { in: ['CHECKING', 'OPEN'] } } } },
    },
    select: { id: true },
  });
  return new Set(quiet.map((judge) => judge.id));
}

/**
 * Lets a call ring at everybody whose turn it is by now: live on their pages, and once by text message for those with no
 * page open. Does nothing when it was taken or cancelled, or rings there already: running it twice is harmless.
 */
export async function ringOn(tx: Tx, ctx: Ctx, callId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "JudgeCall" WHERE id = ${callId}::uuid FOR UPDATE`;
  const call = await tx.judgeCall.findFirst({
    where: { id: callId, ...openCall },
    include: { station: true },
  });
  if (!call) return;
  const pairing = await tx.pairing.findFirst({ where: { stationId: call.stationId, until: null } });
  if (!pairing) return;
  const judges = await judgesAround(tx, call.stationId);
  const now = Date.now();
  const ids = judges.map((judge) => judge.id);
  // Whoever left, or no longer guides stations, is not waited for.
  const still = (id: string | null) => (id !== null && ids.includes(id) ? id : null);
  const due = ringingAt({
    judgeId: still(pairing.judgeId),
    delegateId: still(pairing.delegateId),
    townIds: townList(judges),
    handedToId: still(call.handedToId),
    quiet: await quietJudges(tx, ids),
    urgent: call.urgent,
    waitedMs: now - (call.handedAt ?? call.createdAt).getTime(),
  });
  const fresh = due.filter((id) => !call.rungIds.includes(id));
  if (fresh.length === 0) return;
  const reached: CallReach[] = [...(call.reached as CallReach[])];
  await tx.judgeCall.update({ where: { id: call.id }, data: { rungIds: [...call.rungIds, ...fresh] } });
  for (const judge of judges.filter((one) => fresh.includes(one.id))) {
    const seen = judge.sessions[0]?.lastSeenAt.getTime() ?? 0;
    const atScreen = now - seen < AT_THE_SCREEN_MS;
    const { push, voice } = ctx.deps;
    const alert = { courtId: call.courtId, callId: call.id, staffUserId: judge.id };
    const ways: CallReach['ways'] = atScreen ? ['PAGE'] : [];
    // A job each: a browser that cannot be reached makes no other ring again.
    for (const { id } of push ? judge.pushSubscriptions : [])
      await ctx.deps.jobs.enqueue(tx, 'judge-call.push', { ...alert, subscriptionId: id });
    if (push && judge.pushSubscriptions.length > 0) ways.push('PUSH');
    if (judge.phoneEnc && !atScreen) ways.push('SMS');
    if (voice && judge.phoneEnc && !atScreen) {
      await ctx.deps.jobs.enqueue(tx, 'judge-call.voice', alert);
      ways.push('VOICE');
    }
    reached.push({ id: judge.id, ways });
    if (!judge.phoneEnc || atScreen) continue;
    const where = { courtId: call.courtId, table: 'StaffUser', rowId: judge.id, column: 'phoneEnc' };
    await queueSms(tx, ctx, {
      to: ctx.deps.cipher.decrypt(where, judge.phoneEnc),
      template: 'judge-call',
      values: { station: call.station.name, phone: call.station.phone },
      ...(call.caseId ? { caseId: call.caseId } : {}),
    });
  }
  await tx.judgeCall.update({ where: { id: call.id }, data: { reached } });
  await appendAudit(tx, ctx, {
    action: 'system:judge-rung',
    subject: { type: 'call', id: call.id },
    caseId: call.caseId,
    data: { rungIds: fresh },
    topics: callTopics({ ...call, rungIds: fresh }),
  });
}

/** The job behind “after 60 s also at the delegate, then the town's list”. */
export function ringFurther(ctx: Ctx, callId: string): Promise<void> {
  return transact(ctx, (tx) => ringOn(tx, ctx, callId));
}

/** Rings now, and further after each minute while nobody takes it. */
export async function startRinging(
  tx: Tx,
  ctx: Ctx,
  call: Pick<Call, 'id' | 'courtId' | 'createdAt' | 'handedAt'>,
): Promise<void> {
  await ringOn(tx, ctx, call.id);
  const from = (call.handedAt ?? call.createdAt).getTime();
  for (const step of [1, 2])
    await ctx.deps.jobs.enqueue(
      tx,
      'judge-call.ring-further',
      { courtId: call.courtId, callId: call.id },
      { startAfter: new Date(from + step * RING_ON_MS) },
    );
}

/** Who hears of a change: everybody at whom it rang, the session and the station. */
export function callTopics(call: Pick<Call, 'rungIds' | 'sessionId' | 'stationId'>): string[] {
  return [
    ...call.rungIds.map((id) => `user:${id}`),
    `station:${call.stationId}`,
    ...(call.sessionId ? [`session:${call.sessionId}`] : []),
  ];
}
