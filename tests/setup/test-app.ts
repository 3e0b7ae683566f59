import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { refuseTemporaryTables } from '../../server/src/adapters/postgres/app-login.ts';
import type { SmsMessage } from '../../server/src/ports/sms.ts';
import type { Deps } from '../../server/src/services/context.ts';
import { hashSecret, newSecret } from '../../server/src/services/secrets-hash.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { createCourt, type DemoLogin, type SeededCourt } from '../factories/court.ts';
import { type FakeRecorder, fakeRecorder } from '../fakes/recorder.ts';
import { type FakeVideo, fakeVideo } from '../fakes/video.ts';
import { assembleApp, type TestKeys } from './assemble-app.ts';

export type Answer<T = Record<string, unknown>> = { status: number; body: T };
export type Client = {
  get<T = Record<string, unknown>>(path: string): Promise<Answer<T>>;
  post<T = Record<string, unknown>>(
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
  delete<T = Record<string, unknown>>(path: string): Promise<Answer<T>>;
  raw(path: string, init?: RequestInit): Promise<Response>;
};

export type TestApp = {
  deps: Deps;
  video: FakeVideo;
  recorder: FakeRecorder;
  sms: SmsMessage[];
  court: SeededCourt;
  databaseUrl: string;
  /** What another process needs to go on with the same installation. */
  database: { name: string; databaseUrl: string; dir: string; keys: TestKeys };
  /** The same database by the service's own login. */
  appUrl: string;
  /** Moves domain time only. */
  setClock(at: Date | null): void;
  /** A client with this staff member's open session (second factor given), optionally at the station's device. */
  asStaff(login: DemoLogin, options?: { atStation?: boolean; court?: SeededCourt }): Promise<Client>;
  /** A client with a session of this party (or agent) alone. */
  asParty(input: {
    caseId: string;
    partyId?: string;
    agentId?: string;
    via?: 'LINK' | 'HAND_OVER';
    answeredAs?: 'SELF' | 'FAMILY';
  }): Promise<Client>;
  asDevice(): Client;
  anonymous: Client;
  /** Waits until the job queue did what was enqueued. */
  settle(check: () => Promise<boolean> | boolean, ms?: number): Promise<void>;
  secondCourt(): Promise<SeededCourt>;
  /** `keep` leaves database and folder to whoever goes on with them. */
  stop(options?: { keep?: boolean }): Promise<void>;
};

let passwordHash: string | undefined;

const newKey = () => randomBytes(32).toString('base64');

/** The whole application on a database of its own, with fakes for video, text messages and the clock. */
export async function testApp(server = inject('databaseServer')): Promise<TestApp> {
  const { adminUrl, appUrl, template } = server;
  const name = `t${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const databaseUrl = adminUrl.replace(/[^/]+$/, name);
  await refuseTemporaryTables(databaseUrl);
  const ownUrl = appUrl.replace(/[^/]+$/, name);
  const dir = await mkdtemp(join(tmpdir(), 'tongxi-app-'));
  const keys: TestKeys = { field: newKey(), index: newKey(), token: newKey() };
  const video = fakeVideo();
  const recorder = fakeRecorder();
  const sms: SmsMessage[] = [];
  let fixed: Date | null = null;
  const running = await assembleApp({
    databaseUrl,
    appUrl: ownUrl,
    dir,
    keys,
    video,
    recorder,
    sms: { send: async (message) => void sms.push(message) },
    clock: { now: () => fixed ?? new Date() },
  });
  const { deps, app } = running;
  const { db } = deps;
  await db.systemFlag.create({ data: { demo: true } });
  const { hashPassword } = await import('../../server/src/services/sign-in/password.ts');
  const { demoPassword } = await import('../factories/court.ts');
  passwordHash ??= await hashPassword(demoPassword);
  const court = await createCourt(deps, { passwordHash });

  const client = (cookie: string, as: 'staff' | 'party' = 'staff'): Client => {
    const raw = (path: string, init: RequestInit = {}) =>
      Promise.resolve(
        app.request(path, {
          ...init,
          headers: {
            'x-tongxi': '1',
            'x-tongxi-as': as,
            ...(cookie ? { cookie } : {}),
            ...(init.headers as Record<string, string> | undefined),
          },
        }),
      );
    const json = async <T>(path: string, init: RequestInit): Promise<Answer<T>> => {
      const answer = await raw(path, init);
      return { status: answer.status, body: (await answer.json()) as T };
    };
    return {
      raw,
      get: (path) => json(path, {}),
      delete: (path) => json(path, { method: 'DELETE' }),
      post: (path, body = {}, headers = {}) =>
        json(path, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', ...headers },
        }),
    };
  };
  return {
    deps,
    video,
    recorder,
    sms,
    court,
    databaseUrl,
    appUrl: ownUrl,
    setClock(at) {
      fixed = at;
    },
    async asStaff(login, options = {}) {
      const home = options.court ?? court;
      const token = newSecret();
      await inCourt(db, home.courtId, (tx) =>
        tx.staffSession.create({
          data: {
            courtId: home.courtId,
            staffUserId: home.staff[login],
            deviceId: options.atStation ? home.deviceId : null,
            tokenHash: hashSecret(deps.settings.tokenKey, 'staff-session', token),
            method: options.atStation ? 'DEVICE_SMS' : 'PASSWORD',
            secondFactorAt: new Date(),
            expiresAt: new Date(Date.now() + 3600_000),
          },
        }),
      );
      return client(`tongxi_staff=${token}`);
    },
    async asParty({ caseId, partyId, agentId, via = 'LINK', answeredAs = 'SELF' }) {
      const token = newSecret();
      await inCourt(db, court.courtId, (tx) =>
        tx.partySession.create({
          data: {
            courtId: court.courtId,
            caseId,
            partyId: agentId ? null : (partyId ?? null),
            agentId: agentId ?? null,
            tokenHash: hashSecret(deps.settings.tokenKey, 'party-session', token),
            kind: via,
            answeredAs,
            expiresAt: new Date(Date.now() + 3600_000),
          },
        }),
      );
      return client(`tongxi_party=${token}`, 'party');
    },
    asDevice: () => client(`tongxi_device=${court.deviceToken}`),
    anonymous: client(''),
    async settle(check, ms = 10_000) {
      const until = Date.now() + ms;
      while (!(await check())) {
        if (Date.now() > until) throw new Error('did not settle');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    secondCourt: () =>
      createCourt(deps, {
        suffix: `-${randomUUID().slice(0, 6)}`,
        ...(passwordHash ? { passwordHash } : {}),
      }),
    database: { name, databaseUrl, dir, keys },
    async stop({ keep = false } = {}) {
      await running.stop();
      if (keep) return admin.end();
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.end();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
