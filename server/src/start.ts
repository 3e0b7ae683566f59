import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import { seedDemo } from '../../prisma/seed.ts';
import { systemClock } from './adapters/clock.ts';
import { processInspector } from './adapters/files/inspect-file.ts';
import { openFieldCipher } from './adapters/keys/field-cipher.ts';
import { livekitTelephone } from './adapters/livekit/telephone.ts';
import { livekitVideo } from './adapters/livekit/video.ts';
import { identityProviderOf } from './adapters/oidc/from-config.ts';
import { pdfDocuments } from './adapters/pdf/documents.ts';
import { checkAppLogin, makeAppLogin, refuseTemporaryTables } from './adapters/postgres/app-login.ts';
import { openDatabase, openPool } from './adapters/postgres/client.ts';
import { openJobQueue } from './adapters/postgres/job-queue.ts';
import { applyMigrations } from './adapters/postgres/migrate.ts';
import { courtStatements } from './adapters/postgres/statements.ts';
import { alertsOf } from './adapters/push/from-config.ts';
import { egressRecorder } from './adapters/recorder/egress.ts';
import { signingChoice } from './adapters/signing/from-config.ts';
import { openSigning } from './adapters/signing/open-signing.ts';
import { smsOf } from './adapters/sms/from-config.ts';
import { storageOf } from './adapters/storage/from-config.ts';
import { openThreads } from './adapters/threads/open-threads.ts';
import { httpTranscriber } from './adapters/transcriber/http.ts';
import { createApp } from './app.ts';
import { trustedProxies } from './client-address.ts';
import type { Config } from './config.ts';
import { takeDataDir } from './embedded/data-dir.ts';
import { startLivekit } from './embedded/livekit.ts';
import { freePort } from './embedded/ports.ts';
import { startPostgres } from './embedded/postgres.ts';
import { embeddedRecorder } from './embedded/recording-browser.ts';
import { givenSecrets, loadSecrets } from './embedded/secrets.ts';
import { lanAddresses, lanCertificate } from './http/lan-certificate.ts';
import { livekitProxy } from './http/livekit-proxy.ts';
import { jobHandlers } from './jobs/handlers.ts';
import { stampAuditHeads } from './services/audit/stamp-head.ts';
import { sweepCaucuses } from './services/caucus/end-caucus.ts';
import type { Deps, RecordingTools } from './services/context.ts';
import { expireAnswers } from './services/idempotency/expire-answers.ts';
import { openLiveHub } from './services/live/hub.ts';
import { deleteDueRecordings } from './services/recording/delete-recordings.ts';
import { stampRecordings } from './services/recording/stamp-recordings.ts';
import { watchRecordings } from './services/recording/watch-recordings.ts';
import { newestToken } from './services/sealing/newest-token.ts';
import { renewArchives } from './services/sealing/renew-archives.ts';
import { resumeSealing } from './services/sealing/resume-sealing.ts';
import { sweepLeases } from './services/session/lobby.ts';
import { openDrafts } from './services/transcription/drafts.ts';
import { reconcileVideo } from './services/video/reconcile.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const SWEEP_MS = 3000;
const RECONCILE_MS = 5000;
const EXPIRE_MS = 3_600_000;
/** How often sealed files are looked through for document time stamps that end soon. */
const RENEW_MS = 6 * 3_600_000;
/** How often every court's audit head is time-stamped. */
const AUDIT_STAMP_MS = 3_600_000;
/** How often the head of each running recording's hash chain is time-stamped. */
const RECORDING_STAMP_MS = 300_000;

export type Running = {
  databaseUrl: string;
  url: string;
  deps: Deps;
  livekitPid(): number | undefined;
  stop(): Promise<void>;
};

export type StartOptions = {
  config: Config;
  log: Logger;
  say: (text: string) => void;
  /** Refusals once the database's demo flag is known. */
  exposureFaults: (demo: boolean) => string[];
  /** Ends the start at its next step; what it began is stopped and the reason thrown. */
  signal?: AbortSignal;
};

/** Starts the whole service: embedded parts where none are given, migrations, seed, jobs, one origin for everything. */
export async function startTongxi({
  config,
  log,
  say,
  exposureFaults,
  signal,
}: StartOptions): Promise<Running> {
  const cleanups: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const clean of cleanups.reverse())
      await Promise.resolve(clean()).catch((error: unknown) => log.error({ err: error }, 'stopping'));
    cleanups.length = 0;
  };
  const step = async <T>(text: string, work: () => Promise<T>): Promise<T> => {
    signal?.throwIfAborted();
    const started = performance.now();
    const result = await work();
    const ms = performance.now() - started;
    if (ms > 700) say(`· ${text} (${(ms / 1000).toFixed(1)} s)`);
    return result;
  };
  try {
    const data = await takeDataDir(config.DATA_DIR);
    cleanups.push(() => data.release());
    const secrets = givenSecrets(config) ?? (await loadSecrets(data.dir));
    const databaseUrl =
      config.DATABASE_URL ??
      (await step('database', async () => {
        const postgres = await startPostgres({
          dir: data.dir,
          password: secrets.databasePassword,
          onLine: (line) => log.debug({ postgres: line }, 'postgres'),
        });
        cleanups.push(() => postgres.stop());
        return postgres.url;
      }));
    await step('migrations', () => applyMigrations(databaseUrl, join(root, 'prisma', 'migrations')));
    await refuseTemporaryTables(databaseUrl);
    const appUrl = config.DATABASE_APP_URL ?? (await makeAppLogin(databaseUrl, secrets.appDatabasePassword));
    await checkAppLogin(appUrl);
    const pool = openPool(appUrl);
    const db = openDatabase(pool);
    cleanups.push(() => db.$disconnect());
    // The flag is for good: it is written only once nothing refuses it.
    const known = await db.systemFlag.findFirst();
    const demo = known?.demo ?? config.SEED === 'demo';
    const addresses = config.lan ? lanAddresses() : [];
    if (config.lan && addresses.length === 0)
      throw new Error(
        '--lan: this machine has no address in a private network. Join one, or start without --lan.',
      );
    const lan = config.lan ? await lanCertificate(data.dir, addresses) : null;
    const host = config.HOST;
    const port = config.PORT === 0 ? await freePort() : config.PORT;
    const shown = lan ? (addresses[0] ?? '127.0.0.1') : host === '0.0.0.0' ? '127.0.0.1' : host;
    const publicUrl = (config.PUBLIC_URL ?? `${lan ? 'https' : 'http'}://${shown}:${port}`).replace(
      /\/$/,
      '',
    );
    const { sms, faults } = smsOf(config, demo);
    const choice = await signingChoice(config, { demo, publicUrl });
    const refused = [...exposureFaults(demo), ...faults, ...choice.faults];
    if (refused.length > 0) throw new Error(refused.join('\n'));
    const flag = known ?? (await db.systemFlag.create({ data: { demo } }));

    const livekit = await step('video server', async () => {
      if (config.LIVEKIT_URL && config.LIVEKIT_API_KEY && config.LIVEKIT_API_SECRET) {
        return {
          url: config.LIVEKIT_URL,
          key: config.LIVEKIT_API_KEY,
          secret: config.LIVEKIT_API_SECRET,
          pid: () => undefined,
        };
      }
      // Webhooks come over plain loopback even where people come over HTTPS.
      const started = await startLivekit({
        dir: data.dir,
        key: secrets.livekitKey,
        secret: secrets.livekitSecret,
        webhookUrl: `http://127.0.0.1:${lan ? port + 1 : port}/api/webhooks/livekit`,
        ...(lan ? { nodeIp: shown } : {}),
        onProgress: (text) => say(`· ${text}`),
        ...(signal ? { signal } : {}),
        onLine: (line) => log.debug({ livekit: line }, 'livekit-server'),
      });
      cleanups.push(() => started.stop());
      return {
        url: started.url,
        key: secrets.livekitKey,
        secret: secrets.livekitSecret,
        pid: () => started.pid(),
      };
    });
    const queue = await step('jobs', () => openJobQueue(databaseUrl, log));
    const storage = await step('stored files', () => storageOf(config, data.dir));
    const threads = openThreads();
    cleanups.push(() => threads.close());
    const signing = await openSigning({
      threads,
      dir: join(data.dir, 'signing'),
      passphrase: secrets.authorityPassphrase,
      demo: flag.demo,
      lastToken: await newestToken(db),
      ...choice.options,
    });
    // The recording browser comes over plain loopback, like webhooks.
    const ownHost = lan || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
    const ownUrl = `http://${ownHost}:${lan ? port + 1 : port}`;
    const recording = recordingTools(config, { livekit, ownUrl, publicUrl, log });
    cleanups.push(() => recording?.recorder.close());
    const deps: Deps = {
      db,
      statements: courtStatements(pool),
      clock: systemClock(config.DOMAIN_CLOCK_OFFSET_MS),
      cipher: openFieldCipher({
        current: 'k1',
        master: { k1: Buffer.from(secrets.fieldKey, 'base64') },
        indexKey: Buffer.from(secrets.indexKey, 'base64'),
      }),
      jobs: queue.jobs,
      storage,
      video: livekitVideo(livekit),
      signing,
      documents: pdfDocuments(threads),
      files: processInspector(),
      ...(recording ? { recording } : {}),
      ...identityProviderOf(config),
      ...(config.SIP_TRUNK ? { telephone: livekitTelephone({ ...livekit, trunk: config.SIP_TRUNK }) } : {}),
      ...alertsOf(config, secrets.pushKey, publicUrl),
      ...transcriptionOf(config),
      log,
      settings: {
        demo: flag.demo,
        publicUrl,
        tokenKey: Buffer.from(secrets.tokenKey, 'base64'),
        recordingKeepDays: config.RECORDING_KEEP_DAYS,
        production: config.NODE_ENV === 'production',
      },
    };
    const hub = await openLiveHub(appUrl, log);
    cleanups.push(() => hub.stop());
    if (flag.demo && (await db.court.count()) === 0)
      await step('demo court', () => seedDemo(deps).then(() => undefined));
    const proxy = livekitProxy(deps, livekit);
    await queue.work(jobHandlers(deps, sms, proxy.cut));
    await resumeSealing(deps);
    const app = createApp(deps, {
      requestsPerMinute: config.REQUESTS_PER_MINUTE,
      proxies: trustedProxies(config.TRUSTED_PROXIES).proxies,
      hosts: [...addresses, host, ...config.ALLOWED_HOSTS.split(',').map((name) => name.trim())].filter(
        Boolean,
      ),
      hub,
      checkJobs: queue.check,
      webDir: join(root, 'web', 'dist'),
      livekit: proxy,
    });
    const listener = getRequestListener(app.fetch);
    const servers = lan
      ? [
          ...[...addresses, '127.0.0.1'].map((address) => ({
            server: createHttpsServer({ key: lan.key, cert: lan.cert }, listener),
            port,
            host: address,
          })),
          { server: createHttpServer(listener), port: port + 1, host: '127.0.0.1' },
        ]
      : [{ server: createHttpServer(listener), port, host }];
    for (const { server, port: at, host: on } of servers) {
      server.on('upgrade', (request, socket, head) => {
        if (!proxy.upgrade(request, socket, head)) socket.destroy();
      });
      await new Promise<void>((done, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) =>
          reject(
            error.code === 'EADDRINUSE'
              ? new Error(`Port ${at} is taken. Stop what uses it, or set PORT to another number.`)
              : error,
          ),
        );
        server.listen(at, on, () => done());
      });
      cleanups.push(
        () =>
          new Promise<void>((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      );
    }
    cleanups.push(() => proxy.stop());
    cleanups.push(() => queue.stop());
    const timers = [
      every(SWEEP_MS, () => sweepLeases(deps), deps),
      every(SWEEP_MS, () => sweepCaucuses(deps), deps),
      every(SWEEP_MS, () => watchRecordings(deps), deps),
      every(RECORDING_STAMP_MS, () => stampRecordings(deps), deps),
      every(EXPIRE_MS, () => deleteDueRecordings(deps), deps),
      every(RECONCILE_MS, () => reconcileVideo(deps), deps),
      every(RENEW_MS, () => renewArchives(deps), deps),
      every(AUDIT_STAMP_MS, () => stampAuditHeads(deps), deps),
      every(EXPIRE_MS, () => expireAnswers(deps), deps),
    ];
    cleanups.push(() => timers.forEach(clearInterval));
    signal?.throwIfAborted();
    await announce({ say, deps, publicUrl, demo: flag.demo, lan });
    return {
      databaseUrl,
      url: publicUrl,
      deps,
      livekitPid: livekit.pid,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A recogniser, with the drafts that this process keeps of it; nothing where none is configured. */
function transcriptionOf(config: Config): Pick<Deps, 'transcription'> {
  if (!config.TRANSCRIBER_URL) return {};
  const at = { url: config.TRANSCRIBER_URL, token: config.TRANSCRIBER_TOKEN ?? null };
  return { transcription: { transcriber: httpTranscriber(at), drafts: openDrafts() } };
}

/** Who records here, and where their browser finds us; null where recording is switched off. */
function recordingTools(
  config: Config,
  at: {
    livekit: { url: string; key: string; secret: string };
    ownUrl: string;
    publicUrl: string;
    log: Logger;
  },
): RecordingTools | null {
  switch (config.RECORDER) {
    case 'off':
      return null;
    case 'embedded': {
      const recorder = embeddedRecorder({ browser: config.RECORDER_BROWSER ?? null, log: at.log });
      return { recorder, layoutUrl: at.ownUrl };
    }
    case 'egress': {
      const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_ADDRESSING } =
        config;
      const recorder = egressRecorder({
        livekit: at.livekit,
        bucket: {
          endpoint: S3_ENDPOINT ?? '',
          bucket: S3_BUCKET ?? '',
          region: S3_REGION,
          accessKeyId: S3_ACCESS_KEY_ID ?? '',
          secretAccessKey: S3_SECRET_ACCESS_KEY ?? '',
          addressing: S3_ADDRESSING,
        },
      });
      return { recorder, layoutUrl: (config.RECORDER_URL ?? at.publicUrl).replace(/\/$/, '') };
    }
  }
}

/** Repeats without overlapping; a failure is logged once per change, since the next run heals. */
function every(ms: number, work: () => Promise<void>, deps: Deps): NodeJS.Timeout {
  let busy = false;
  let failing = false;
  return setInterval(async () => {
    if (busy) return;
    busy = true;
    try {
      await work();
      if (failing) deps.log.info('recovered');
      failing = false;
    } catch (error) {
      if (!failing) deps.log.warn({ err: error }, 'background work failed, will be tried again');
      failing = true;
    } finally {
      busy = false;
    }
  }, ms);
}

async function announce(input: {
  say: (text: string) => void;
  deps: Deps;
  publicUrl: string;
  demo: boolean;
  lan: { fingerprint: string; rootFile: string } | null;
}): Promise<void> {
  const { say, publicUrl } = input;
  say(`\n同席 Tongxi  ${publicUrl}`);
  if (input.lan) {
    const qrcode = await import('qrcode');
    say(await qrcode.default.toString(publicUrl, { type: 'terminal', small: true }));
    say('手机会提示一次证书不受信任；也可以先装本机生成的根证书：');
    say('Phones warn once about the certificate, or install its root, made on this machine:');
    say(`  ${input.lan.rootFile}\n  SHA-256 ${input.lan.fingerprint}`);
  }
  const { identity } = input.deps.signing.vouching;
  if (identity === 'UNCHOSEN') {
    say('\n还没有选定由谁证明签名（SIGNING_AUTHORITY）：协议只能打印后手写签名。');
    say(
      'Nobody chose yet who vouches for signatures (SIGNING_AUTHORITY): agreements are signed on paper only.',
    );
  }
  if (input.demo) {
    say('\n演示法庭，无法律效力。登录页列出各人的密码和验证码（只在本机显示）。');
    say(
      'Demo court, no legal effect. The sign-in page shows everybody’s password and codes (on this machine only).',
    );
    say(
      '  方慧 庭务主任、记录人 director, recorder · 赵素琴 调解员 mediator · 林一鸣 法官 judge\n' +
        '  沈国强 盖章人 seal-holder · 王敏 管理员 administrator · 周正 审计员 auditor',
    );
    say(`  短信、链接、验证码 text messages, links and codes: ${publicUrl}/demo/sms`);
  }
  say('\nCtrl-C 全部停止 stops everything.');
}
