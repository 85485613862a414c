import type { ChildProcess, Serializable } from 'node:child_process';
import { ChildFailure, type ChildFailureReason } from './child-failure.ts';
import { forkLimited, type MemoryLimits } from './fork-limited.ts';
import { residentMb } from './resident-mb.ts';

export interface ChildLimits extends MemoryLimits {
  /** A job that takes longer is stopped, and its process with it. */
  readonly timeoutMs: number;
}

export interface WorkerOptions {
  readonly script: string;
  readonly limits: ChildLimits;
  readonly env: Readonly<Record<string, string>>;
}

const WATCH_MS = 100;
const STDERR_KEPT = 4000;

/** One child process, which does one job at a time. */
export interface Worker {
  /** Jobs that it was given so far. */
  readonly jobs: number;
  readonly isAlive: boolean;
  /** @throws ChildFailure when it dies or has to be killed instead of answering. */
  run(request: Serializable): Promise<unknown>;
  kill(reason: ChildFailureReason): void;
}

export function startWorker({ script, limits, env }: WorkerOptions): Worker {
  const child = forkLimited(script, limits, env);
  let jobs = 0;
  let isAlive = true;
  let verdict: ChildFailureReason | undefined;
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT);
  });
  const kill = (reason: ChildFailureReason) => {
    verdict ??= reason;
    isAlive = false;
    // One that never started has the number 0 for Node, and for the system that is this process's whole group.
    if (child.pid !== undefined) child.kill('SIGKILL');
  };
  const ended = new Promise<ChildFailure>((resolve) => {
    const settle = (cause: unknown, signal: NodeJS.Signals | null) => {
      isAlive = false;
      resolve(new ChildFailure(verdict ?? reasonOf(stderr, signal), { cause }));
    };
    child.once('error', (error) => settle(error, null));
    child.once('close', (_code, signal) => settle(stderr, signal));
  });
  return {
    get jobs() {
      return jobs;
    },
    get isAlive() {
      return isAlive;
    },
    kill,
    async run(request) {
      jobs += 1;
      const stopWatching = watch(child, limits, kill);
      try {
        return await converse({ child, ended, kill }, request);
      } finally {
        stopWatching();
      }
    },
  };
}

interface Talk {
  readonly child: ChildProcess;
  readonly ended: Promise<ChildFailure>;
  readonly kill: (reason: ChildFailureReason) => void;
}

function converse({ child, ended, kill }: Talk, request: Serializable): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const listen = (answer: unknown) => resolve(answer);
    child.once('message', listen);
    void ended.then((failure) => {
      child.off('message', listen);
      reject(failure);
    });
    // It has no channel then, and its end says why.
    if (child.pid === undefined) return;
    child.send(request, (error) => {
      // One that dies before it listens reports the reason with its end.
      if (error !== null) kill('crashed');
    });
  });
}

function watch(
  child: ChildProcess,
  limits: ChildLimits,
  kill: (reason: ChildFailureReason) => void,
): () => void {
  let isOver = false;
  const timer = setTimeout(() => kill('timed_out'), limits.timeoutMs);
  const watcher = setInterval(() => {
    void residentMb(child.pid).then((used) => {
      // What it used before must not end the job that it has now.
      if (!isOver && used > limits.memoryMb) kill('out_of_memory');
    });
  }, WATCH_MS);
  return () => {
    isOver = true;
    clearTimeout(timer);
    clearInterval(watcher);
  };
}

/**
 * V8, GLib and the C library abort with a word when they get no memory; the kernel, when the machine
 * has none left, only leaves SIGKILL.
 */
function reasonOf(stderr: string, signal: NodeJS.Signals | null): ChildFailureReason {
  const isMemory =
    signal === 'SIGKILL' ||
    /out of memory|cannot allocate memory|failed to allocate|allocation failed|bad_alloc/i.test(
      stderr,
    );
  return isMemory ? 'out_of_memory' : 'crashed';
}
