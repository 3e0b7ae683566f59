import type { Ctx, Tx } from '../context.ts';
import { inCourt, transact } from '../transact.ts';
import { openCall } from './ring.ts';

type Alert = { courtId: string; callId: string; staffUserId: string };

/** The call while it still rings at this judge; null when it was taken, cancelled or handed on meanwhile. */
function ringing(tx: Tx, { callId, staffUserId }: Alert) {
  return tx.judgeCall.findFirst({
    where: { id: callId, rungIds: { has: staffUserId }, ...openCall },
    include: { station: true },
  });
}

/**
 * Web Push to one browser of a judge, once the call is committed. Says the station and nothing of the case. What the
 * browser's service calls gone is removed; throws, to be tried again, when it could not be reached.
 */
export async function pushCall({ deps }: Ctx, alert: Alert & { subscriptionId: string }): Promise<void> {
  const { push } = deps;
  if (!push) return;
  const found = await inCourt(deps.db, alert.courtId, async (tx) => ({
    call: await ringing(tx, alert),
    target: await tx.pushSubscription.findFirst({
      where: { id: alert.subscriptionId, staffUserId: alert.staffUserId },
    }),
  }));
  const { target } = found;
  if (!found.call || !target) return;
  const message = {
    title: '共享法庭连线',
    body: `${found.call.station.name}正在连线法官${found.call.urgent ? '（很急）' : ''}`,
    url: '/',
  };
  if ((await push.send(target, message)) === 'gone')
    await inCourt(deps.db, alert.courtId, (tx) =>
      tx.pushSubscription.deleteMany({ where: { id: target.id } }),
    );
}

/** A voice call to one judge, where a gateway is configured. The job's key keeps a second run from calling twice. */
export async function voiceCall(ctx: Ctx, alert: Alert): Promise<void> {
  const { voice, cipher } = ctx.deps;
  if (!voice) return;
  const found = await transact(ctx, async (tx) => ({
    call: await ringing(tx, alert),
    judge: await tx.staffUser.findUniqueOrThrow({ where: { id: alert.staffUserId } }),
  }));
  const { call, judge } = found;
  if (!call || !judge.phoneEnc) return;
  const where = { courtId: judge.courtId, table: 'StaffUser', rowId: judge.id, column: 'phoneEnc' };
  await voice.call({
    to: cipher.decrypt(where, judge.phoneEnc),
    station: call.station.name,
    phone: call.station.phone,
    idempotencyKey: `${call.id}:${judge.id}`,
  });
}
