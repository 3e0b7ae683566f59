import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openFieldCipher } from '../../server/src/adapters/keys/field-cipher.ts';
import { openDatabase, openPool } from '../../server/src/adapters/postgres/client.ts';
import { freePort } from '../../server/src/embedded/ports.ts';
import { verifyChain } from '../../server/src/services/audit/verify-chain.ts';
import type { TestKeys } from './assemble-app.ts';
import type { DatabaseServer } from './database.ts';
import type { Moment, Side } from './persisted-writes.ts';
import { serviceClients } from './service-clients.ts';
import { type TestApp, testApp } from './test-app.ts';

/** Where an installation lives: enough for another process to go on with it. */
export type Site = { databaseUrl: string; dir: string; keys: TestKeys };
/** Kill at the moment of that kind, the n-th from now on, counted from 0: itself, or the victim and its children. */
export type Order = { moment: Moment | Side; nth: number; victim?: number };
/** An order was heard; `struck` tells that the one before it was carried out, on a victim. */
export type Armed = { armed: true; struck: boolean };
/** What a loaded process is to serve. `idle`: it takes up no jobs. */
export type Start = { site: Site; port: number; idle: boolean };

export type AppProcess = {
  url: string;
  child: ChildProcess;
  dieAt(moment: Order['moment'], nth?: number): Promise<void>;
  /** Kills another process than its own, and that one's children. */
  strikeAt(victim: number, moment: Order['moment'], nth: number): Promise<void>;
  /** Takes the order back. Answers whether it was carried out already, on a victim. */
  spare(): Promise<boolean>;
  /** Resolves when the process is gone. */
  gone: Promise<void>;
  stop(): Promise<void>;
};

const loadProcess = () =>
  fork('tests/setup/app-process.ts', [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });

/** Starts the application of a site in a process of its own; `child` is one that was loaded in advance. */
async function startProcess(start: Start, child = loadProcess()): Promise<AppProcess> {
  const gone = once(child, 'exit').then(() => undefined);
  const heard = (what: 'ready' | 'armed') =>
    new Promise<boolean>((resolve, reject) => {
      const hear = (message: { ready?: true; armed?: true; struck?: boolean }) => {
        if (!message[what]) return;
        child.off('message', hear);
        resolve(message.struck ?? false);
      };
      child.on('message', hear);
      void gone.then(() => reject(new Error(`the process ended before it was ${what}`)));
    });
  const tell = async (message: Start | Order | { spared: true }, answer: 'ready' | 'armed') => {
    const answered = heard(answer);
    child.send(message);
    return answered;
  };
  await tell(start, 'ready');
  return {
    url: `http://127.0.0.1:${start.port}`,
    child,
    gone,
    async dieAt(moment, nth = 0) {
      await tell({ moment, nth }, 'armed');
    },
    async strikeAt(victim, moment, nth) {
      await tell({ moment, nth, victim }, 'armed');
    },
    spare: () => tell({ spared: true }, 'armed'),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await gone;
    },
  };
}

export type Clients = ReturnType<typeof serviceClients>;

/**
 * Takes an application to some point and freezes it there: `copy` gives an installation of its own that stands exactly
 * at that point, as often as wanted. Clients made in `prepare` through `clients` work on every copy.
 */
export async function stageOf<T>(
  prepare: (app: TestApp, clients: Clients) => Promise<T>,
  server?: DatabaseServer,
) {
  const app = await testApp(server);
  const port = await freePort();
  const running = { deps: app.deps, url: `http://127.0.0.1:${port}` };
  const prepared = await prepare(app, serviceClients(running, app.court)).catch(async (error: unknown) => {
    await app.stop();
    throw error;
  });
  const { name, dir, keys, databaseUrl } = app.database;
  await app.stop({ keep: true });
  const asAdmin = async (sql: string) => {
    const admin = new pg.Client({ connectionString: databaseUrl.replace(/[^/]+$/, 'postgres') });
    await admin.connect();
    await admin.query(sql).finally(() => admin.end());
  };
  let copies = 0;
  let next: ChildProcess | undefined;
  return {
    prepared,
    courtId: app.court.courtId,
    async copy() {
      const own = `${name}_${copies++}`;
      await asAdmin(`CREATE DATABASE ${own} TEMPLATE ${name}`);
      const site: Site = {
        databaseUrl: databaseUrl.replace(/[^/]+$/, own),
        dir: await mkdtemp(join(tmpdir(), 'tongxi-killed-')),
        keys,
      };
      await cp(dir, site.dir, { recursive: true });
      return {
        site,
        /** The next one is loaded meanwhile: killing is mostly waiting for starts. */
        start: ({ idle = false } = {}) => {
          const started = startProcess({ site, port, idle }, next);
          next = loadProcess();
          return started;
        },
        async drop() {
          await asAdmin(`DROP DATABASE IF EXISTS ${own} WITH (FORCE)`);
          await rm(site.dir, { recursive: true, force: true });
        },
      };
    },
    async drop() {
      next?.kill('SIGKILL');
      await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export type Stage<T> = Awaited<ReturnType<typeof stageOf<T>>>;
export type Copy = Awaited<ReturnType<Stage<unknown>['copy']>>;

/** Facts of a site read past the application, with nothing running or beside it. */
export async function readSite(site: Site, caseId: string) {
  const client = new pg.Client({ connectionString: site.databaseUrl });
  await client.connect();
  const count = async (sql: string) => {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${sql}`, [caseId]);
    return Number(rows[0]?.count);
  };
  const joined = 'JOIN "DraftVersion" v ON v.id = s."versionId" JOIN "Agreement" a ON a.id = v."agreementId"';
  const ofCase = `"Signature" s ${joined}`;
  try {
    const { rows } = await client.query<{ status: string }>(
      'SELECT status FROM "Agreement" WHERE "caseId" = $1',
      [caseId],
    );
    return {
      status: rows.map((row) => row.status).join(),
      sealed: await count(`"Document" WHERE "caseId" = $1 AND kind = 'AGREEMENT'`),
      signed: await count(`${ofCase} WHERE a."caseId" = $1 AND s."signedAt" IS NOT NULL`),
      tokens: await count(
        `"TimestampToken" t JOIN ${ofCase} ON s.id = t."signatureId" WHERE a."caseId" = $1`,
      ),
      steps: await count(`"CeremonyStep" s ${joined} WHERE a."caseId" = $1`),
      /** Steps that the audit chain commits to. */
      committed: await count(`"AuditEvent" WHERE "caseId" = $1 AND data->>'stepSha256' IS NOT NULL`),
      services: await count('"Service" WHERE "caseId" = $1'),
      performances: await count('"Performance" WHERE "caseId" = $1'),
      seals: await count(`"AuditEvent" WHERE "caseId" = $1 AND action = 'system:sealed'`),
      sentLinks: await count(`"SmsMessage" WHERE "caseId" = $1 AND template = 'sealed'`),
    };
  } finally {
    await client.end();
  }
}

/** Faults of a court's audit chain, read with the site's own keys. */
export async function auditFaults(site: Site, courtId: string) {
  const db = openDatabase(openPool(site.databaseUrl, 1, 'tongxi_app'));
  const key = (text: string) => Buffer.from(text, 'base64');
  const cipher = openFieldCipher({
    current: 'k1',
    master: { k1: key(site.keys.field) },
    indexKey: key(site.keys.index),
  });
  try {
    return (await verifyChain({ db, cipher }, courtId)).faults;
  } finally {
    await db.$disconnect();
  }
}

/** What `/api/verify` of a running process says about a downloaded file. */
export async function verdictOf(app: AppProcess, pdf: Response): Promise<string> {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(await pdf.arrayBuffer())], 'agreement.pdf'));
  const answer = await fetch(`${app.url}/api/verify`, { method: 'POST', body: form });
  return ((await answer.json()) as { verdict: string }).verdict;
}
