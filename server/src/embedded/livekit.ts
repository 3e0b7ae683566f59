import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { obtainLivekit } from './obtain-livekit.ts';
import { freePort, freeUdpPort } from './ports.ts';
import { type Supervised, supervise } from './supervise.ts';

export type EmbeddedLivekit = {
  /** ws://127.0.0.1:port, private: browsers come through our proxy. */
  url: string;
  pid(): number | undefined;
  stop(): Promise<void>;
};

/**
 * livekit-server beside us: signalling on a free loopback port, media on one free UDP and TCP port of `nodeIp`
 * (127.0.0.1 unless the local network is served), no room made on its own, webhooks to us. Restarted on the same
 * ports when it dies.
 */
export async function startLivekit(input: {
  dir: string;
  key: string;
  secret: string;
  webhookUrl: string;
  nodeIp?: string;
  onProgress?: (text: string) => void;
  onLine?: (line: string) => void;
  /** Gives up building or downloading livekit-server. */
  signal?: AbortSignal;
}): Promise<EmbeddedLivekit> {
  const binary = await obtainLivekit(input.onProgress ?? (() => undefined), input.signal);
  const [port, tcp, udp] = [await freePort(), await freePort(), await freeUdpPort()];
  // Browsers offer no loopback candidates of their own: the addresses of this machine must stay in the answer.
  const nodeIp = input.nodeIp ?? '127.0.0.1';
  const config = {
    port,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      tcp_port: tcp,
      udp_port: udp,
      node_ip: nodeIp,
      use_external_ip: false,
      // node_ip is announced for every interface, but each waits for what comes in at itself: only that one is used.
      ...(nodeIp === '127.0.0.1' ? {} : { ips: { includes: [`${nodeIp}/32`] } }),
      enable_loopback_candidate: nodeIp === '127.0.0.1',
      // Never empty: the built-in list is foreign. Nobody needs STUN inside one network, and browsers throw away all that
      // comes from a STUN server's address: it must not be where media comes from. Nothing answers here.
      stun_servers: ['127.0.0.1:3478'],
    },
    room: { auto_create: false, empty_timeout: 300, departure_timeout: 20 },
    keys: { [input.key]: input.secret },
    webhook: { api_key: input.key, urls: [input.webhookUrl] },
    logging: { level: 'warn', json: true },
  };
  const file = join(input.dir, 'livekit.json');
  await writeFile(file, JSON.stringify(config), { mode: 0o600 }); // JSON is YAML
  const child = await supervise(
    input.dir,
    {
      name: 'livekit',
      command: binary,
      args: ['--config', file],
      cwd: input.dir,
      stopSignal: 'SIGTERM',
      restart: true,
    },
    input.onLine ?? (() => undefined),
  );
  try {
    await untilAnswers(`http://127.0.0.1:${port}`, child);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { url: `ws://127.0.0.1:${port}`, pid: () => child.pid(), stop: () => child.stop() };
}

async function untilAnswers(url: string, child: Supervised): Promise<void> {
  const started = Date.now();
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => null);
    if (answer?.ok) return;
    const waited = Date.now() - started;
    if (waited > 20_000 || (child.exited() && waited > 5000))
      throw new Error(`livekit-server did not start: ${child.lastWords()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
