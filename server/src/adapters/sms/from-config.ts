import type { Config } from '../../config.ts';
import { type Sms, type SmsMessage, SmsRefused } from '../../ports/sms.ts';
import { aliyunSms } from './aliyun.ts';
import { demoOutbox } from './demo-outbox.ts';

const notConfigured: Sms = {
  send: () => Promise.reject(new SmsRefused('not-configured', false)),
};

const names: SmsMessage['template'][] = [
  'code',
  'invitation',
  'signing-code',
  'sealed',
  'reminder',
  'judge-call',
];

/**
 * The configured provider. A demo database never sends. Without a provider production refuses to start, with one line
 * per fault; elsewhere messages wait in the queue and every attempt says why.
 */
export function smsOf(config: Config, demo: boolean): { sms: Sms; faults: string[] } {
  if (demo) return { sms: demoOutbox(), faults: [] };
  const { SMS_ALIYUN_ACCESS_KEY_ID: id, SMS_ALIYUN_ACCESS_KEY_SECRET: secret } = config;
  const { SMS_ALIYUN_SIGN_NAME: signName, SMS_ALIYUN_TEMPLATES: listed } = config;
  if (!id || !secret || !signName || !listed) {
    const fault =
      'SMS_ALIYUN_ACCESS_KEY_ID, SMS_ALIYUN_ACCESS_KEY_SECRET, SMS_ALIYUN_SIGN_NAME and SMS_ALIYUN_TEMPLATES: needed to send codes';
    return { sms: notConfigured, faults: config.NODE_ENV === 'production' ? [fault] : [] };
  }
  const given = new Map(listed.split(',').map((pair) => pair.trim().split('=') as [string, string]));
  const missing = names.filter((name) => !given.get(name));
  if (missing.length > 0) {
    const fault = `SMS_ALIYUN_TEMPLATES: no template code for ${missing.join(', ')} (form: code=SMS_1,invitation=SMS_2,…)`;
    return { sms: notConfigured, faults: [fault] };
  }
  const templates = Object.fromEntries(given) as Record<SmsMessage['template'], string>;
  return { sms: aliyunSms({ accessKeyId: id, accessKeySecret: secret, signName, templates }), faults: [] };
}
