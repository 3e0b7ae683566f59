/** Sends joins over a number of connections for a number of seconds, to one loopback address, and prints its figures. */
const [url = '', seconds = '1', connections = '1', json = '[]'] = process.argv.slice(2);
if (!url.startsWith('http://127.0.0.1:')) throw new Error('loopback only');
const targets = JSON.parse(json) as { cookie: string; sessionId: string }[];
const until = performance.now() + Number(seconds) * 1000;
const times: number[] = [];
let failed = 0;
let next = 0;

async function worker(): Promise<void> {
  while (performance.now() < until) {
    const target = targets[next++ % targets.length];
    if (!target) return;
    const started = performance.now();
    const answer = await fetch(`${url}/api/sessions/${target.sessionId}/token`, {
      method: 'POST',
      headers: { cookie: target.cookie, 'x-tongxi': '1' },
    });
    await answer.arrayBuffer();
    if (answer.ok) times.push(performance.now() - started);
    else failed += 1;
  }
}

await Promise.all(Array.from({ length: Number(connections) }, worker));
times.sort((a, b) => a - b);
process.stdout.write(
  JSON.stringify({
    perSecond: times.length / Number(seconds),
    p95: times[Math.floor(times.length * 0.95)] ?? 0,
    failed,
  }),
);
