import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession } from '../factories/case.ts';
import { createCourt } from '../factories/court.ts';
import { fuzzApi, schemathesis } from '../setup/fuzz-api.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';

const bin = schemathesis();
let app: Awaited<ReturnType<typeof runApp>>;
let clients: ReturnType<typeof serviceClients>;
let c1: Awaited<ReturnType<typeof openSession>>;
beforeAll(async () => {
  if (!bin) return;
  app = await runApp({ REQUESTS_PER_MINUTE: '1000000' });
  clients = serviceClients(app, await createCourt(app.deps, { suffix: '-fuzz', passwordHash: 'none' }));
  c1 = await openSession(clients);
}, 120_000);
afterAll(() => app?.stop());

const people = {
  nobody: async () => null,
  director: async () => clients.asStaff('fanghui', { atStation: true }),
  mediator: async () => clients.asStaff('zhaosuqin'),
  administrator: async () => clients.asStaff('wangmin'),
  party: async () => clients.asParty({ caseId: c1.caseId, partyId: c1.zhou }),
};

test.skipIf(!bin).each(Object.entries(people))(
  'whatever %s sends: no server error, and every answer as described',
  async (who, open) => {
    const client = await open();
    const cookie = client ? clients.cookieOf(client) : null;
    const { code, output } = await fuzzApi(bin ?? '', {
      url: app.url,
      cookie: cookie ? `${cookie.name}=${cookie.value}` : '',
      as: who === 'party' ? 'party' : 'staff',
      known: { caseId: c1.caseId, sessionId: c1.sessionId, partyId: c1.zhou, seatId: c1.seats.party.id },
      seed: 20261126,
    });
    process.stdout.write(
      `fuzzed as ${who}: ${output.match(/\d+ generated[^\n]*/)?.[0] ?? output.slice(-2000)}\n`,
    );
    expect(output).toMatch(/[1-9]\d* generated/);
    expect(code, output.slice(-20_000)).toBe(0);
  },
  1_800_000,
);
