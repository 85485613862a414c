import type { Serializable } from 'node:child_process';
import { ChildFailure } from './child-failure.ts';
import { type ChildLimits, startWorker, type Worker } from './worker.ts';

export interface ChildPoolOptions<Answer> {
  /** Forked for each process; it answers with `answerParent`. */
  readonly script: string;
  /** The most processes. */
  readonly size: number;
  /** The most jobs that wait for one; more are refused as `busy`. */
  readonly maxWaiting: number;
  readonly limits: ChildLimits;
  /** A process without work ends after this long. */
  readonly idleMs: number;
  /** A process is replaced after so many jobs: what decoders leak does not add up. */
  readonly jobsPerProcess: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Throws on anything but an answer: who decodes foreign bytes is not to be trusted either. */
  readonly parseAnswer: (message: unknown) => Answer;
}

export interface ChildPool<Request extends Serializable, Answer> {
  /** @throws ChildFailure when there is no answer, and what `parseAnswer` throws. */
  run(request: Request): Promise<Answer>;
  /** Kills everything; what was running or waiting fails as `closed`. */
  close(): void;
}

interface Job {
  readonly request: Serializable;
  readonly resolve: (message: unknown) => void;
  readonly reject: (failure: unknown) => void;
}

/**
 * Work in child processes, one job at a time in each. They start when there is work, end when there
 * is none, and whatever happens in there arrives here as a `ChildFailure` of that one job.
 */
export function createChildPool<Request extends Serializable, Answer>(
  options: ChildPoolOptions<Answer>,
): ChildPool<Request, Answer> {
  const { script, size, limits, env = {} } = options;
  const waiting: Job[] = [];
  const busy = new Set<Worker>();
  const idle = new Map<Worker, NodeJS.Timeout>();
  let closed = false;

  /** The one that worked last: it is warm, and the others come to their end. */
  function takeIdle(): Worker | undefined {
    const [worker, timer] = [...idle].at(-1) ?? [];
    if (worker === undefined) return undefined;
    clearTimeout(timer);
    idle.delete(worker);
    return worker.isAlive ? worker : takeIdle();
  }

  function rest(worker: Worker): void {
    if (closed || !worker.isAlive) return;
    if (worker.jobs >= options.jobsPerProcess) {
      worker.kill('closed');
      return;
    }
    const timer = setTimeout(() => {
      idle.delete(worker);
      worker.kill('closed');
    }, options.idleMs);
    idle.set(worker, timer.unref());
  }

  async function work(worker: Worker, { request, resolve, reject }: Job): Promise<void> {
    busy.add(worker);
    await worker.run(request).then(resolve, reject);
    busy.delete(worker);
    rest(worker);
    next();
  }

  function next(): void {
    if (waiting.length === 0 || busy.size >= size) return;
    const job = waiting.shift();
    if (job === undefined) return;
    void work(takeIdle() ?? startWorker({ script, limits, env }), job);
  }

  return {
    async run(request) {
      if (closed) throw new ChildFailure('closed');
      if (busy.size >= size && waiting.length >= options.maxWaiting) throw new ChildFailure('busy');
      const answer = new Promise<unknown>((resolve, reject) => {
        waiting.push({ request, resolve, reject });
      });
      next();
      return options.parseAnswer(await answer);
    },
    close() {
      closed = true;
      for (const job of waiting.splice(0)) job.reject(new ChildFailure('closed'));
      for (const worker of [...idle.keys(), ...busy]) worker.kill('closed');
      for (const timer of idle.values()) clearTimeout(timer);
      idle.clear();
    },
  };
}
