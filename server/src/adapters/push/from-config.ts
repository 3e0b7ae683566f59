import type { Config } from '../../config.ts';
import type { Push, Voice } from '../../ports/alerts.ts';
import { voiceWebhook } from '../voice/webhook.ts';
import { webPush } from './web-push.ts';

/** How a judge with no page open is reached beside text messages: what is configured, and nothing else. */
export function alertsOf(config: Config, pushKey: string, publicUrl: string): { push?: Push; voice?: Voice } {
  const { VOICE_URL: url, VOICE_SECRET: secret } = config;
  return {
    ...(pushKey && config.PUSH_HOSTS !== '-'
      ? { push: webPush({ key: pushKey, subject: publicUrl, hosts: config.PUSH_HOSTS }) }
      : {}),
    ...(url && secret ? { voice: voiceWebhook({ url, secret }) } : {}),
  };
}
