/** One text message. `template` names a registered template; `values` fill it; no free text leaves. */
export type SmsMessage = {
  to: string;
  template: 'code' | 'invitation' | 'signing-code' | 'sealed' | 'reminder' | 'judge-call';
  values: Record<string, string>;
  /** The outbox job's id: the same id is never sent twice. */
  idempotencyKey: string;
};
export type Sms = { send(message: SmsMessage): Promise<void> };

/** A refusal by the provider; `final` means that sending again is useless. Carries no number and no text. */
export class SmsRefused extends Error {
  readonly code: string;
  readonly final: boolean;
  constructor(code: string, isFinal: boolean) {
    super(`text message refused: ${code}`);
    this.code = code;
    this.final = isFinal;
  }
}
