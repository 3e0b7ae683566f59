import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Card, Choice, ErrorNotice } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';

const supported = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

const registered = () => navigator.serviceWorker.getRegistration('/push-worker.js');

/** Calls ring in this browser while no page is open; where the browser or the server cannot, it is not offered. */
export function PushSwitch() {
  const t = useWords('judge-call');
  const queries = useQueryClient();
  const offer = useQuery({ queryKey: ['push'], queryFn: () => call(api.push.$get()), enabled: supported });
  const mine = useQuery({
    queryKey: ['push', 'here'],
    queryFn: async () => Boolean(await (await registered())?.pushManager.getSubscription()),
    enabled: supported,
  });
  const key = offer.data?.publicKey;
  const set = useVerb(
    (on: boolean) => (on && key ? switchOn(key) : switchOff()),
    () => void queries.invalidateQueries({ queryKey: ['push'] }),
  );
  if (!key || mine.data === undefined) return null;
  const denied = Notification.permission === 'denied';
  return (
    <Card className="col">
      <Choice type="checkbox" checked={mine.data} onChange={(on) => set.mutate(on)}>
        {t('push')}
      </Choice>
      <p className="muted small">{t(denied ? 'pushDenied' : 'pushHint')}</p>
      <ErrorNotice error={set.error} />
    </Card>
  );
}

async function switchOn(publicKey: string): Promise<unknown> {
  if ((await Notification.requestPermission()) !== 'granted') return null;
  const registration = await navigator.serviceWorker.register('/push-worker.js');
  await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  const { endpoint, keys } = subscription.toJSON();
  return call(
    api.push.$post({
      json: { endpoint: endpoint ?? '', keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } },
    }),
  );
}

async function switchOff(): Promise<unknown> {
  const subscription = await (await registered())?.pushManager.getSubscription();
  if (!subscription) return null;
  await subscription.unsubscribe();
  return call(api.push.off.$post({ json: { endpoint: subscription.endpoint } }));
}
