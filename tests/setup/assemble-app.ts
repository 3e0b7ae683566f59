import { join } from 'node:path';
import { pino } from 'pino';
import { processInspector } from '../../server/src/adapters/files/inspect-file.ts';
import { openFieldCipher } from '../../server/src/adapters/keys/field-cipher.ts';
import { pdfDocuments } from '../../server/src/adapters/pdf/documents.ts';
import { openDatabase, openPool } from '../../server/src/adapters/postgres/client.ts';
import { openJobQueue } from '../../server/src/adapters/postgres/job-queue.ts';
import { courtStatements } from '../../server/src/adapters/postgres/statements.ts';
import { openSigning } from '../../server/src/adapters/signing/open-signing.ts';
import { sealMaker } from '../../server/src/adapters/signing/registered-seal.fixture.ts';
import { localStorage } from '../../server/src/adapters/storage/local.ts';
import { openThreads } from '../../server/src/adapters/threads/open-threads.ts';
import { createApp } from '../../server/src/app.ts';
import { jobHandlers } from '../../server/src/jobs/handlers.ts';
import type { Recorder } from '../../server/src/ports/recorder.ts';
import type { Sms } from '../../server/src/ports/sms.ts';
import type { Video } from '../../server/src/ports/video.ts';
import type { Deps } from '../../server/src/services/context.ts';
import { openLiveHub } from '../../server/src/services/live/hub.ts';
import { resumeSealing } from '../../server/src/services/sealing/resume-sealing.ts';

/** Keys of one installation, base64, 32 bytes each: a second process with the same ones reads the same rows. */
export type TestKeys = { field: string; index: string; token: string };

export type Parts = {
  databaseUrl: string;
  /** Folder of stored files and signing keys. */
  /** The service's own login; without it the owner's, narrowed. */
  appUrl?: string;
  dir: string;
  keys: TestKeys;
  video: Video;
  sms: Sms;
  recorder?: Recorder;
  clock?: Deps['clock'];
  publicUrl?: string;
  /** Takes up no jobs: nothing but what is asked of it writes anything. */
  idle?: boolean;
  /** Puts something around the parts before anything uses them. */
  around?: (deps: Deps) => Deps;
};

/** The application on a database that is there already, with what the tests put in place of the world outside. */
export async function assembleApp(parts: Parts) {
  const { databaseUrl, dir, keys } = parts;
  const bytes = (key: string) => Buffer.from(key, 'base64');
  const log = pino({ level: 'silent' });
  const pool = parts.appUrl ? openPool(parts.appUrl, 6) : openPool(databaseUrl, 6, 'tongxi_app');
  const db = openDatabase(pool);
  const queue = await openJobQueue(databaseUrl, log);
  const threads = openThreads();
  const publicUrl = parts.publicUrl ?? 'http://127.0.0.1:3000';
  const made: Deps = {
    db,
    statements: courtStatements(pool),
    clock: parts.clock ?? { now: () => new Date() },
    cipher: openFieldCipher({
      current: 'k1',
      master: { k1: bytes(keys.field) },
      indexKey: bytes(keys.index),
    }),
    jobs: queue.jobs,
    storage: localStorage(join(dir, 'storage')),
    video: parts.video,
    signing: await openSigning({
      dir: join(dir, 'signing'),
      passphrase: 'test',
      demo: true,
      threads,
      publicUrl,
      sealMakers: [sealMaker().certificate],
    }),
    documents: pdfDocuments(threads),
    files: processInspector(),
    ...(parts.recorder
      ? { recording: { recorder: parts.recorder, layoutUrl: 'http://127.0.0.1:3000' } }
      : {}),
    log,
    settings: {
      demo: true,
      publicUrl,
      tokenKey: bytes(keys.token),
      recordingKeepDays: 30,
      production: false,
    },
  };
  const deps = parts.around?.(made) ?? made;
  const hub = await openLiveHub(databaseUrl, log);
  if (!parts.idle) {
    await queue.work(jobHandlers(deps, parts.sms, () => undefined));
    await resumeSealing(deps);
  }
  const app = createApp(deps, { hub, checkJobs: queue.check, webDir: dir, liveCheckMs: 200 });
  return {
    deps,
    app,
    async stop() {
      await queue.stop();
      await hub.stop();
      await db.$disconnect();
      await threads.close();
    },
  };
}
