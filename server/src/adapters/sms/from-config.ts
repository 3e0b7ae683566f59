import type { Config } from '../../config.ts';
import type { Sms, SmsMessage } from '../../ports/sms.ts';
import { aliyunSms } from './aliyun.ts';
import { demoOutbox } from './demo-outbox.ts';

const names: SmsMessage['template'][] = ['code', 'invitation', 'signing-code', 'sealed', 'reminder'];

/**
 * The configured provider. A demo database never sends; a real one without a provider refuses to start, with one
 * line per fault.
 */
export function smsOf(config: Config, demo: boolean): { sms: Sms; faults: string[] } {
  if (demo) return { sms: demoOutbox(), faults: [] };
  const { SMS_ALIYUN_ACCESS_KEY_ID: id, SMS_ALIYUN_ACCESS_KEY_SECRET: secret } = config;
  const { SMS_ALIYUN_SIGN_NAME: signName, SMS_ALIYUN_TEMPLATES: listed } = config;
  if (!id || !secret || !signName || !listed) {
    const fault =
      'SMS_ALIYUN_ACCESS_KEY_ID, SMS_ALIYUN_ACCESS_KEY_SECRET, SMS_ALIYUN_SIGN_NAME and SMS_ALIYUN_TEMPLATES: needed to send codes';
    return { sms: demoOutbox(), faults: [fault] };
  }
  const given = new Map(listed.split(',').map((pair) => pair.trim().split('=') as [string, string]));
  const missing = names.filter((name) => !given.get(name));
  if (missing.length > 0) {
    const fault = `SMS_ALIYUN_TEMPLATES: no template code for ${missing.join(', ')} (form: code=SMS_1,invitation=SMS_2,…)`;
    return { sms: demoOutbox(), faults: [fault] };
  }
  const templates = Object.fromEntries(given) as Record<SmsMessage['template'], string>;
  return { sms: aliyunSms({ accessKeyId: id, accessKeySecret: secret, signName, templates }), faults: [] };
}
