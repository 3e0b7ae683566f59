/** One text message. `template` names a registered template; `values` fill it; no free text leaves. */
export type SmsMessage = {
  to: string;
  template: 'code' | 'invitation' | 'signing-code' | 'sealed' | 'reminder';
  values: Record<string, string>;
  /** The outbox job's id: the same id is never sent twice. */
  idempotencyKey: string;
};
export type Sms = { send(message: SmsMessage): Promise<void> };
