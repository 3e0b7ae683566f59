import { fromPrisma, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { JobData, JobName, Jobs } from '../../ports/jobs.ts';

/** Seconds between polls of an idle queue. Enqueued jobs wait at most this long. */
const POLL_SECONDS = 0.5;
/** A job whose process was killed is given to a worker again when its heartbeat is this old (pg-boss: at least 10 s). */
const HEARTBEAT_SECONDS = 10;
const SUPERVISE_SECONDS = 5;

const jobNames: Record<JobName, { retryLimit: number; retryDelay: number }> = {
  'sms.send': { retryLimit: 8, retryDelay: 2 },
  'video.delete-room': { retryLimit: 20, retryDelay: 1 },
  'video.create-room': { retryLimit: 20, retryDelay: 1 },
  'video.remove': { retryLimit: 20, retryDelay: 1 },
  'video.refresh-grants': { retryLimit: 10, retryDelay: 1 },
  'video.reconcile': { retryLimit: 1, retryDelay: 1 },
  'agreement.after-sealing': { retryLimit: 50, retryDelay: 2 },
  'judge-call.ring-further': { retryLimit: 5, retryDelay: 1 },
  'judge-call.push': { retryLimit: 4, retryDelay: 2 },
  'judge-call.voice': { retryLimit: 4, retryDelay: 5 },
  'telephone.dial': { retryLimit: 2, retryDelay: 2 },
  'caucus.end': { retryLimit: 20, retryDelay: 1 },
  'correction.make': { retryLimit: 50, retryDelay: 2 },
  'record.draw': { retryLimit: 50, retryDelay: 2 },
  'confirmation.open': { retryLimit: 50, retryDelay: 2 },
  'confirmation.finish': { retryLimit: 50, retryDelay: 2 },
  'recording.begin-part': { retryLimit: 5, retryDelay: 1 },
  'recording.close': { retryLimit: 50, retryDelay: 2 },
  'storage.tidy': { retryLimit: 20, retryDelay: 60 },
  'audit.stamp-head': { retryLimit: 50, retryDelay: 2 },
  'agreement.finish-sealing': { retryLimit: 50, retryDelay: 2 },
};

export type JobHandlers = { [N in JobName]: (data: JobData[N], jobId: string) => Promise<void> };

export type JobQueue = {
  jobs: Jobs;
  /** Starts the workers. */
  work(handlers: JobHandlers): Promise<void>;
  /** Throws when the queue's database does not answer. */
  check(): Promise<void>;
  /** Lets running jobs end (at most 10 s), then stops. */
  stop(): Promise<void>;
};

/** The outbox on pg-boss: jobs are inserted through the caller's own transaction. */
export async function openJobQueue(ownerUrl: string, log: Logger): Promise<JobQueue> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: 'pgboss',
    max: 4,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
  });
  boss.on('error', (error) => log.error({ err: error }, 'job queue'));
  await boss.start();
  for (const [name, retry] of Object.entries(jobNames)) {
    const options = { ...retry, retryBackoff: true, heartbeatSeconds: HEARTBEAT_SECONDS };
    await boss.createQueue(name, { ...options, policy: 'standard' });
    // A queue that an earlier version made keeps its options otherwise.
    await boss.updateQueue(name, options);
  }
  const db = boss.getDb();
  await db.executeSql(
    `GRANT USAGE ON SCHEMA pgboss TO tongxi_app;
    GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA pgboss TO tongxi_app;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO tongxi_app;`,
    [],
  );
  return {
    jobs: {
      async enqueue(tx, name, data, options = {}) {
        await boss.send(name, data, {
          db: fromPrisma(tx),
          ...(options.singletonKey ? { singletonKey: options.singletonKey } : {}),
          ...(options.startAfter ? { startAfter: options.startAfter } : {}),
        });
      },
    },
    async work(handlers) {
      for (const name of Object.keys(handlers) as JobName[]) await workOn(name, handlers);
    },
    async check() {
      await boss.getQueue('sms.send');
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };

  async function workOn<N extends JobName>(name: N, handlers: JobHandlers): Promise<void> {
    await boss.work<JobData[N]>(
      name,
      { pollingIntervalSeconds: POLL_SECONDS, batchSize: 1 },
      async ([job]) => {
        if (!job) return;
        try {
          await handlers[name](job.data, job.id);
        } catch (error) {
          log.warn({ err: error, job: name, jobId: job.id }, 'job failed, will be tried again');
          throw error;
        }
      },
    );
  }
}
