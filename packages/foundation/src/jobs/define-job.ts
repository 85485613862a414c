import type { z } from 'zod';

/**
 * A job: its name, the schema of its payload (ids, never data: the row is the
 * truth) and how it is retried. The handler lives elsewhere and is imported
 * when a worker starts.
 */
export interface JobDefinition<P extends object = object> {
  name: string;
  payload: z.ZodType<P>;
  /** Retries after the first failure. */
  retryLimit: number;
  /** Seconds before the first retry; doubled, with jitter, each time. */
  retryDelay: number;
  /** A run longer than this counts as failed (seconds). */
  expireInSeconds: number;
  /** Runs at once in one worker process. */
  concurrency: number;
  /**
   * Of jobs with the same `group`, so many run at once in one worker process, while others pass them by. Such jobs
   * have neither `key` nor `priority`.
   */
  perGroup?: number;
  /** With `key`: at most one job of a key waits or runs; adding another does nothing. */
  exclusive: boolean;
  /** With `key`: at most one job of a key waits, beside those that run; adding another does nothing. */
  oneWaiting: boolean;
  /** Cron expression (UTC, minutes) for jobs that run by the clock; their payload is `{}`. */
  cron?: string;
}

type JobInput<P extends object> = Pick<JobDefinition<P>, 'name' | 'payload' | 'cron'> &
  Partial<Omit<JobDefinition<P>, 'name' | 'payload' | 'cron'>>;

export function defineJob<P extends object>(input: JobInput<P>): JobDefinition<P> {
  return {
    retryLimit: 5,
    retryDelay: 2,
    expireInSeconds: 300,
    concurrency: 4,
    exclusive: false,
    oneWaiting: false,
    ...input,
  };
}

/** What a handler is told about the run it is in. */
export interface JobRun {
  jobId: string;
  /** 0 on the first attempt. */
  attempt: number;
  /** True when a failure now will not be retried. */
  lastAttempt: boolean;
  /** Aborted when the worker shuts down or the job expires. */
  signal: AbortSignal;
}

/** Must be idempotent: every queue delivers at least once. */
export type JobHandler<C, P extends object> = (ctx: C, payload: P, run: JobRun) => Promise<void>;

export interface JobBinding<C> {
  job: JobDefinition;
  load: () => Promise<(ctx: C, payload: object, run: JobRun) => Promise<void>>;
}

/** Ties a job to its lazily imported handler, checking that their payloads agree. */
export function handleJob<C, P extends object>(
  job: JobDefinition<P>,
  load: () => Promise<JobHandler<C, P>>,
): JobBinding<C> {
  return {
    job,
    load: async () => {
      const handler = await load();
      return async (ctx, payload, run) => handler(ctx, job.payload.parse(payload), run);
    },
  };
}

/** Ends the boot when a job has no handler or two, or a handler has no job. */
export function verifyBindings<C>(
  jobs: readonly JobDefinition[],
  bindings: readonly JobBinding<C>[],
): void {
  const problems: string[] = [];
  const names = jobs.map((job) => job.name);
  for (const name of new Set(names)) {
    if (names.filter((other) => other === name).length > 1)
      problems.push(`job "${name}" is defined twice`);
    const handlers = bindings.filter((binding) => binding.job.name === name).length;
    if (handlers === 0) problems.push(`job "${name}" has no handler`);
    if (handlers > 1) problems.push(`job "${name}" has ${handlers} handlers`);
  }
  for (const { job } of bindings) {
    if (!names.includes(job.name))
      problems.push(`handler for "${job.name}", which is no known job`);
  }
  if (problems.length > 0) throw new Error(`Jobs are wired wrongly: ${problems.join('; ')}`);
}
