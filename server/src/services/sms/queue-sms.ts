import { randomUUID } from 'node:crypto';
import type { SmsMessage } from '../../ports/sms.ts';
import type { Ctx, Tx } from '../context.ts';

/** Queues one text message through this transaction: it goes out exactly when that commits. */
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
  const values = JSON.stringify(message.values);
  await tx.smsMessage.create({
    data: {
      id,
      courtId,
      caseId: message.caseId ?? null,
      template: message.template,
      toEnc: Buffer.from(cipher.encrypt({ ...at, column: 'toEnc' }, message.to)),
      valuesEnc: Buffer.from(cipher.encrypt({ ...at, column: 'valuesEnc' }, values)),
    },
  });
  await ctx.deps.jobs.enqueue(tx, 'sms.send', { courtId, messageId: id });
}

export { sendQueuedSms } from './send-queued-sms.ts';
