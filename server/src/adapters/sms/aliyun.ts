import { randomBytes } from 'node:crypto';
import { type Sms, type SmsMessage, SmsRefused } from '../../ports/sms.ts';
import { canonicalQuery, signCall } from './aliyun-signature.ts';

const VERSION = '2017-05-25';
const TIMEOUT_MS = 8_000;

/** Refusals that no later try can heal: the number, the template or the text itself is wrong. */
const final = new Set([
  'isv.MOBILE_NUMBER_ILLEGAL',
  'isv.INVALID_PARAMETERS',
  'isv.TEMPLATE_MISSING_PARAMETERS',
  'isv.TEMPLATE_PARAMS_ILLEGAL',
  'isv.SMS_TEMPLATE_ILLEGAL',
  'isv.SMS_SIGNATURE_ILLEGAL',
  'isv.BLACK_KEY_CONTROL_LIMIT',
  'isv.PARAM_LENGTH_LIMIT',
]);

export type AliyunSmsSettings = {
  accessKeyId: string;
  accessKeySecret: string;
  /** 短信签名, registered with the provider. */
  signName: string;
  /** Registered template code (SMS_…) of each of our templates. */
  templates: Record<SmsMessage['template'], string>;
  /** Address of the interface; tests give their own. */
  endpoint?: string;
};

/**
 * Alibaba Cloud 短信服务, SendSms. The interface knows no idempotency of its own: OutId carries our message id for
 * reconciliation, and the caller remembers what was sent. Throws SmsRefused, or the network's error.
 */
export function aliyunSms(settings: AliyunSmsSettings): Sms {
  const endpoint = new URL(settings.endpoint ?? 'https://dysmsapi.aliyuncs.com/');
  return {
    async send(message) {
      const query = {
        PhoneNumbers: message.to,
        SignName: settings.signName,
        TemplateCode: settings.templates[message.template],
        TemplateParam: JSON.stringify(message.values),
        OutId: message.idempotencyKey,
      };
      const { host, ...headers } = signCall({
        method: 'POST',
        host: endpoint.host,
        action: 'SendSms',
        version: VERSION,
        query,
        accessKeyId: settings.accessKeyId,
        accessKeySecret: settings.accessKeySecret,
        at: new Date(),
        nonce: randomBytes(16).toString('hex'),
      });
      const answer = await fetch(`${endpoint.protocol}//${host}/?${canonicalQuery(query)}`, {
        method: 'POST',
        headers: { ...headers, accept: 'application/json' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const code = codeOf(await answer.text()) ?? `HTTP ${answer.status}`;
      if (code !== 'OK') throw new SmsRefused(code, final.has(code));
    },
  };
}

function codeOf(body: string): string | null {
  try {
    const parsed = JSON.parse(body) as { Code?: unknown };
    return typeof parsed.Code === 'string' ? parsed.Code : null;
  } catch {
    return null;
  }
}
