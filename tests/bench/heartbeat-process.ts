/**
 * Renews each lease once a second over a connection of its own, until told to end; prints its figures. Errors count from
 * the first beat, times from when the connections stand and the server's code is warm.
 */
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';

const [url = '', warmMs = '0'] = process.argv.slice(2);
if (!url.startsWith('http://127.0.0.1:')) throw new Error('loopback only');
const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const leases = JSON.parse(String((await input.next()).value)) as { cookie: string; sessionId: string }[];
const BEAT_MS = 1000;
const times: number[] = [];
const warm = performance.now() + Number(warmMs);
let errors = 0;
let beating = true;

/** One request; true when it was answered with `held: true`. */
function beat(agent: Agent, { cookie, sessionId }: (typeof leases)[number]): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = { cookie, 'x-tongxi': '1', 'x-tongxi-as': 'staff', 'content-length': '0' };
    request(`${url}/api/sessions/${sessionId}/heartbeat`, { method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () =>
        resolve(answer.statusCode === 200 && (JSON.parse(text) as { held: boolean }).held),
      );
    })
      .on('error', () => resolve(false))
      .end();
  });
}

async function keep(lease: (typeof leases)[number], nth: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await new Promise((resolve) => setTimeout(resolve, (nth * BEAT_MS) / leases.length));
  while (beating) {
    const started = performance.now();
    if (!(await beat(agent, lease))) errors += 1;
    const took = performance.now() - started;
    if (started > warm) times.push(took);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, BEAT_MS - took)));
  }
  agent.destroy();
}

const before = process.cpuUsage();
const keeping = leases.map(keep);
process.stdout.write('ready\n');
await input.next();
beating = false;
await Promise.all(keeping);
const { user, system } = process.cpuUsage(before);
times.sort((a, b) => a - b);
const figures = {
  beats: times.length,
  errors,
  late: times.filter((ms) => ms > BEAT_MS).length,
  p95: times[Math.floor(times.length * 0.95)] ?? 0,
  worst: times.at(-1) ?? 0,
  cpuSeconds: (user + system) / 1e6,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0);
