import { randomUUID } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import type { SmsMessage } from '../../ports/sms.ts';
import type { Ctx, Tx } from '../context.ts';

/** What may be queued in an hour to one number and for one case; one act (a transaction) queues so many at most. */
export const SMS_PER_NUMBER = 60;
export const SMS_PER_CASE = 120;
export const SMS_PER_ACT = 60;
const WINDOW_MS = 3_600_000;

/** Messages of each open transaction. */
const inThisAct = new WeakMap<Tx, number>();

/**
 * Queues one text message through this transaction: it goes out exactly when that commits. RATE_LIMITED when number,
 * case or act have had too many; what the law wants sent (the sealed agreement's link) always goes.
 */
export async function queueSms(
  tx: Tx,
  ctx: Ctx,
  message: {
    to: string;
    template: SmsMessage['template'];
    values: Record<string, string>;
    caseId?: string;
  },
): Promise<void> {
  const { courtId } = ctx.principal;
  const id = randomUUID();
  const at = { courtId, table: 'SmsMessage', rowId: id };
  const { cipher } = ctx.deps;
  const toIndex = cipher.blindIndex(courtId, 'SmsMessage', 'to', message.to);
  if (message.template !== 'sealed') await refuseFlood(tx, toIndex, message.caseId);
  const values = JSON.stringify(message.values);
  await tx.smsMessage.create({
    data: {
      id,
      courtId,
      caseId: message.caseId ?? null,
      template: message.template,
      toIndex,
      toEnc: Buffer.from(cipher.encrypt({ ...at, column: 'toEnc' }, message.to)),
      valuesEnc: Buffer.from(cipher.encrypt({ ...at, column: 'valuesEnc' }, values)),
    },
  });
  await ctx.deps.jobs.enqueue(tx, 'sms.send', { courtId, messageId: id });
}

async function refuseFlood(tx: Tx, toIndex: string, caseId: string | undefined): Promise<void> {
  // Of requests at the same moment each must see the others' messages: those of one case queue up here.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`sms:${caseId ?? toIndex}`}, 0))`;
  const createdAt = { gt: new Date(Date.now() - WINDOW_MS) };
  const act = (inThisAct.get(tx) ?? 0) + 1;
  inThisAct.set(tx, act);
  const perNumber = await tx.smsMessage.count({ where: { toIndex, createdAt } });
  const perCase = caseId ? await tx.smsMessage.count({ where: { caseId, createdAt } }) : 0;
  if (act > SMS_PER_ACT || perNumber >= SMS_PER_NUMBER || perCase >= SMS_PER_CASE)
    throw new DomainError('RATE_LIMITED', { seconds: WINDOW_MS / 1000 });
}

export { sendQueuedSms } from './send-queued-sms.ts';
