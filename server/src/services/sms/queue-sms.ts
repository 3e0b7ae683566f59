import { randomUUID } from 'node:crypto';
import type { SmsMessage } from '../../ports/sms.ts';
import type { Ctx, Deps, Tx } from '../context.ts';
import { inCourt } from '../transact.ts';

/** Queues one text message through this transaction: it goes out exactly when that commits. */
export async function queueSms(
  tx: Tx,
  ctx: Ctx,
  message: { to: string; template: SmsMessage['template']; values: Record<string, string>; caseId?: string },
): Promise<void> {
  const { courtId } = ctx.principal;
  const id = randomUUID();
  const at = { courtId, table: 'SmsMessage', rowId: id };
  const { cipher } = ctx.deps;
  await tx.smsMessage.create({
    data: {
      id,
      courtId,
      caseId: message.caseId ?? null,
      template: message.template,
      toEnc: Buffer.from(cipher.encrypt({ ...at, column: 'toEnc' }, message.to)),
      valuesEnc: Buffer.from(cipher.encrypt({ ...at, column: 'valuesEnc' }, JSON.stringify(message.values))),
    },
  });
  await ctx.deps.jobs.enqueue(tx, 'sms.send', { courtId, messageId: id });
}

/** The `sms.send` job: sends what was queued, once; running it again does nothing. */
export async function sendQueuedSms(deps: Deps & { sms: { send(message: SmsMessage): Promise<void> } }, courtId: string, messageId: string) {
  const row = await inCourt(deps.db, courtId, (tx) => tx.smsMessage.findUnique({ where: { id: messageId } }));
  if (!row || row.sentAt) return;
  const at = { courtId, table: 'SmsMessage', rowId: messageId };
  await deps.sms.send({
    to: deps.cipher.decrypt({ ...at, column: 'toEnc' }, row.toEnc),
    template: row.template as SmsMessage['template'],
    values: JSON.parse(deps.cipher.decrypt({ ...at, column: 'valuesEnc' }, row.valuesEnc)) as Record<string, string>,
    idempotencyKey: messageId,
  });
  await inCourt(deps.db, courtId, (tx) => tx.smsMessage.update({ where: { id: messageId }, data: { sentAt: new Date() } }));
}
