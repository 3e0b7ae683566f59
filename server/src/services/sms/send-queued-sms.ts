import { type Sms, type SmsMessage, SmsRefused } from '../../ports/sms.ts';
import type { Deps } from '../context.ts';
import { inCourt } from '../transact.ts';

/**
 * The `sms.send` job: sends what was queued, once; running it again does nothing. A final refusal is recorded and not
 * tried again, every other failure is thrown so that the queue tries again. Outside the demo the text (it may hold a
 * code or a link) is wiped as soon as it is out.
 */
export async function sendQueuedSms(
  deps: Pick<Deps, 'db' | 'cipher' | 'settings'> & { sms: Sms },
  courtId: string,
  messageId: string,
): Promise<void> {
  const { db, cipher, settings, sms } = deps;
  const row = await inCourt(db, courtId, (tx) => tx.smsMessage.findUnique({ where: { id: messageId } }));
  if (!row || row.sentAt || row.failure) return;
  const at = { courtId, table: 'SmsMessage', rowId: messageId };
  let failure: string | null = null;
  try {
    await sms.send({
      to: cipher.decrypt({ ...at, column: 'toEnc' }, row.toEnc),
      template: row.template as SmsMessage['template'],
      values: JSON.parse(cipher.decrypt({ ...at, column: 'valuesEnc' }, row.valuesEnc)) as Record<
        string,
        string
      >,
      idempotencyKey: messageId,
    });
  } catch (error) {
    if (!(error instanceof SmsRefused) || !error.final) throw error;
    failure = error.code;
  }
  const wiped = settings.demo
    ? {}
    : { valuesEnc: Buffer.from(cipher.encrypt({ ...at, column: 'valuesEnc' }, '{}')) };
  await inCourt(db, courtId, (tx) =>
    tx.smsMessage.update({
      where: { id: messageId },
      data: failure ? { failure, ...wiped } : { sentAt: new Date(), ...wiped },
    }),
  );
}
