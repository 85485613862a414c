import { sql } from 'drizzle-orm';
import { fromDrizzle, type Job, type JobWithMetadata, PgBoss } from 'pg-boss';
import type { Db, Tx } from '../db/index.ts';
import { STOP_BUDGET } from '../process/index.ts';
import type { Logger, Metrics } from '../telemetry/index.ts';
import { type JobBinding, type JobDefinition, verifyBindings } from './define-job.ts';
import { createGroupShare } from './group-share.ts';

export interface EnqueueOptions {
  /** Not before this many seconds from now. */
  delaySeconds?: number;
  /** Higher runs first. */
  priority?: number;
  /** Of jobs that are `exclusive` or `oneWaiting`: what there is one job of. */
  key?: string;
  /** Of jobs with a `perGroup`: whose share of the workers it takes. */
  group?: string;
}

export interface Queue<C> {
  /** Enqueues inside the row's own transaction: the job exists if and only if it commits. */
  enqueue<P extends object>(
    tx: Tx | Db,
    job: JobDefinition<P>,
    call: { payload: P } & EnqueueOptions,
  ): Promise<void>;
  /** Starts taking jobs. `context` makes the handler's context for one run. */
  work(context: (job: { name: string; id: string }) => C): Promise<void>;
  /** Once it resolves, no more jobs are taken; those that run go on. */
  pause(): Promise<void>;
  /** Lets running jobs end, up to `timeoutMs`; the rest are taken up by others. */
  stop(timeoutMs?: number): Promise<void>;
}

/** A killed worker's job is noticed after this silence (seconds; the least pg-boss takes is 10). */
const HEARTBEAT_SECONDS = 15;

/** New jobs are announced; polling finds retries whose time has come, and what an announcement missed. */
const POLLING = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5, batchSize: 1 };

export interface QueueOptions<C> {
  url: string;
  jobs: readonly JobDefinition[];
  bindings: readonly JobBinding<C>[];
  log: Logger;
  metrics: Metrics;
}

/** Connects to the queue in Postgres (schema `pgboss`) and makes sure every queue exists. */
export async function startQueue<C>(options: QueueOptions<C>): Promise<Queue<C>> {
  const { jobs, bindings, log } = options;
  verifyBindings(jobs, bindings);
  const boss = new PgBoss({
    connectionString: options.url,
    application_name: 'jobs',
    max: 5,
    useListenNotify: true,
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
  });
  boss.on('error', (error) => log.error({ err: error }, 'the job queue reported an error'));
  await boss.start();
  for (const job of jobs) await ensureQueue(boss, job);

  const workers: Worker[] = [];

  return {
    async enqueue(tx, job, { payload, delaySeconds, priority, key, group }) {
      await boss.send(job.name, job.payload.parse(payload), {
        db: fromDrizzle(tx, sql),
        ...(delaySeconds === undefined ? {} : { startAfter: delaySeconds }),
        ...(priority === undefined ? {} : { priority }),
        ...(key === undefined ? {} : { singletonKey: key }),
        ...(group === undefined ? {} : { group: { id: group } }),
      });
    },
    async work(context) {
      for (const binding of bindings)
        workers.push(...(await startWorkers({ boss, binding, context, options })));
    },
    async pause() {
      // One that is asking for a job when it is told to stop still takes what it gets.
      await Promise.all(
        workers.map(({ id, job, busy }) =>
          Promise.race([boss.offWork(job, { id, wait: true }), busy()]),
        ),
      );
    },
    stop: (timeoutMs = STOP_BUDGET.jobsMs) => boss.stop({ graceful: true, timeout: timeoutMs }),
  };
}

async function ensureQueue(boss: PgBoss, job: JobDefinition): Promise<void> {
  const settings = {
    retryLimit: job.retryLimit,
    retryDelay: job.retryDelay,
    retryBackoff: true,
    expireInSeconds: job.expireInSeconds,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    notify: true,
  };
  const policy = job.exclusive ? 'exclusive' : job.oneWaiting ? 'short' : 'standard';
  await boss.createQueue(job.name, { ...settings, policy });
  await boss.updateQueue(job.name, settings);
}

interface Worker {
  id: string;
  job: string;
  /** Resolves as soon as it has a job in hand: at once if it has one. */
  busy(): Promise<void>;
}

async function startWorkers<C>(wiring: {
  boss: PgBoss;
  binding: JobBinding<C>;
  context: (job: { name: string; id: string }) => C;
  options: QueueOptions<C>;
}): Promise<Worker[]> {
  const { boss, binding, context, options } = wiring;
  const { job } = binding;
  const handler = await binding.load();

  async function run(current: Job<object> | JobWithMetadata<object>): Promise<void> {
    const stopTimer = options.metrics.jobDuration.startTimer({ job: job.name });
    try {
      await handler(context({ name: job.name, id: current.id }), current.data, {
        jobId: current.id,
        attempt: current.retryCount,
        lastAttempt: current.retryCount >= job.retryLimit,
        signal: current.signal,
      });
      stopTimer({ outcome: 'done' });
    } catch (error) {
      stopTimer({ outcome: 'failed' });
      options.log.warn(
        { err: error, job: job.name, jobId: current.id, attempt: current.retryCount },
        'a job failed',
      );
      throw error;
    }
  }

  // One pg-boss worker each, not `localConcurrency`: only so can a worker be woken by its id. Without
  // that it would sleep after every job until the next notification, however many jobs wait.
  const workers: Worker[] = [];
  const groupConcurrency = job.perGroup;
  const share = createGroupShare(groupConcurrency ?? Number.POSITIVE_INFINITY);
  const polling = groupConcurrency === undefined ? POLLING : { ...POLLING, groupConcurrency };
  for (let index = 0; index < job.concurrency; index += 1) {
    let taken = Promise.withResolvers<void>();
    const id: string = await boss.work<object>(job.name, polling, async ([current]) => {
      if (current === undefined) return;
      taken.resolve();
      try {
        const { groupId, data } = current;
        const ran = await share(groupId, () => run(current));
        // Workers that look at the same moment may be given more of a group than it may have: those go back.
        if (!ran && groupId)
          await boss.send(job.name, data, { group: { id: groupId }, startAfter: 1 });
      } finally {
        taken = Promise.withResolvers<void>();
        boss.notifyWorker(id);
      }
    });
    workers.push({ id, job: job.name, busy: () => taken.promise });
  }
  if (job.cron !== undefined) await boss.schedule(job.name, job.cron, {}, { tz: 'UTC' });
  return workers;
}
