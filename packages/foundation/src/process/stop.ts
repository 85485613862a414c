import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How the time of a stop is spent; running jobs have all three parts of it. With the last second,
 * for closing connections, it fits into the ten after which whoever started us kills.
 */
export const STOP_BUDGET = {
  /** `/readyz` says 503 while we still listen, so that a load balancer sends nobody any more. */
  drainMs: 1_000,
  /** Open requests get this long to end. */
  httpMs: 4_000,
  /** What jobs get on top of that before they are left to other workers. */
  jobsMs: 3_000,
} as const;

export const STOP_LIMIT_MS = STOP_BUDGET.drainMs + STOP_BUDGET.httpMs + STOP_BUDGET.jobsMs + 1_000;

export interface StopParts {
  lifecycle: { stopping: boolean };
  queue: { pause(): Promise<void> };
  server: { close(graceMs: number): Promise<void> };
  /** Ends what would not end by itself within the grace: event streams, long work. */
  stopWork?: () => void;
  /** Closes queue and connections. */
  close(): Promise<void>;
}

/** Ends a process in order. While developing nobody balances load: no drain. */
export async function stopInOrder(
  parts: StopParts,
  { drainMs = STOP_BUDGET.drainMs }: { drainMs?: number } = {},
): Promise<void> {
  parts.lifecycle.stopping = true;
  // A database that does not answer keeps nobody from ending.
  await Promise.all([
    Promise.race([parts.queue.pause(), sleep(STOP_BUDGET.drainMs)]),
    sleep(drainMs),
  ]);
  parts.stopWork?.();
  await parts.server.close(STOP_BUDGET.httpMs);
  await parts.close();
}
