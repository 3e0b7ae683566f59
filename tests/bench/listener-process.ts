/** Listens to a session's live topic, or asks for the session each second, once for each cookie; prints delays in ms. */
import { get } from 'node:http';
import { createInterface } from 'node:readline';

const [kind = '', url = '', sessionId = ''] = process.argv.slice(2);
if (!url.startsWith('http://127.0.0.1:')) throw new Error('loopback only');
const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const cookies = JSON.parse(String((await input.next()).value)) as string[];
const times: number[] = [];

function stream(cookie: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(
      `${url}/api/live?topics=session:${sessionId}&as=staff`,
      { headers: { cookie, 'x-tongxi': '1' }, agent: false },
      (answer) => {
        if (answer.statusCode !== 200) return reject(new Error(`stream refused: ${answer.statusCode}`));
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
          for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
            const event = text.slice(0, end);
            text = text.slice(end + 2);
            if (/^event: (ready|reset)/m.test(event)) resolve();
            const data = /^data: (.*)$/m.exec(event)?.[1] ?? '{}';
            const change = JSON.parse(data) as { kind?: string; data?: { at: number } };
            if (change.kind === 'bench' && change.data) times.push(Date.now() - change.data.at);
          }
        });
      },
    );
    request.on('error', reject);
  });
}

let asking = true;
async function poll(cookie: string, nth: number): Promise<void> {
  const headers = { cookie, 'x-tongxi': '1', 'x-tongxi-as': 'staff' };
  await new Promise((resolve) => setTimeout(resolve, (nth * 1000) / cookies.length));
  let known: string | null = null;
  while (asking) {
    const started = Date.now();
    const answer = await fetch(`${url}/api/sessions/${sessionId}`, { headers });
    const { seats } = (await answer.json()) as { seats: { handRaisedAt: string | null }[] };
    const raised = seats.find((seat) => seat.handRaisedAt)?.handRaisedAt ?? null;
    if (raised && raised !== known) times.push(Date.now() - Date.parse(raised));
    known = raised ?? known;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1000 - (Date.now() - started))));
  }
}

if (kind === 'stream') await Promise.all(cookies.map(stream));
else for (const [nth, cookie] of cookies.entries()) void poll(cookie, nth).catch(() => undefined);
process.stdout.write('ready\n');
await input.next();
asking = false;
process.stdout.write(`${JSON.stringify({ times })}\n`);
process.exit(0);
