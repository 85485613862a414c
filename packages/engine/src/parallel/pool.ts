import { Worker } from 'node:worker_threads';
import { EngineError } from '../errors.ts';
import type { Arena } from './arena.ts';
import { loadKernels } from './kernels.ts';
import {
  type Call,
  type Order,
  type Report,
  STARTED,
  type Task,
  type WorkerSetup,
} from './protocol.ts';

/** Bytes of scratch memory per thread: some rows of the widest picture (65,535 px) as samples. */
const SCRATCH = 4 * 1024 * 1024;

/** MB of JavaScript heap per thread, which holds nothing but the list of its tasks. */
const WORKER_LIMITS = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 };

/** Samples done by one task of a strip: about a millisecond, far more than handing it out costs. */
const STRIP_SAMPLES = 400_000;

/**
 * Threads that run kernels on shared memory. What a task computes depends on its arguments alone, so
 * results are the same for any number of threads.
 */
export class Pool {
  readonly arena: Arena;
  readonly #workers: readonly Worker[];
  #order = 0;
  #stopping = false;
  #dead: Error | null = null;

  private constructor(arena: Arena, workers: readonly Worker[]) {
    this.arena = arena;
    this.#workers = workers;
    for (const worker of workers) {
      worker.on('error', (error) => {
        this.#dead ??= error;
      });
      worker.on('exit', (code) => {
        if (!this.#stopping) this.#dead ??= new Error(`a thread ended with ${code}`);
      });
    }
  }

  /**
   * Resolves when every thread has taken the memory over: V8 can forget a growth that happens in the
   * middle of that, and the thread's bulk copies then fail at what is new.
   * @param threads at least 1
   * @throws EngineError `crashed` when a thread does not start
   */
  static async start(arena: Arena, threads: number): Promise<Pool> {
    const modules = await loadKernels();
    // All of it before the first thread.
    const scratches = Array.from({ length: Math.max(1, threads) }, () => arena.take(SCRATCH));
    const workers = scratches.map((scratch) => {
      const setup: WorkerSetup = { modules, memory: arena.memory, scratch };
      return new Worker(new URL('./worker.mjs', import.meta.url), {
        workerData: setup,
        resourceLimits: WORKER_LIMITS,
      });
    });
    const pool = new Pool(arena, workers);
    try {
      await Promise.all(workers.map(ready));
    } catch (error) {
      await pool.stop();
      throw error;
    }
    return pool;
  }

  /** Runs every task, in any order and on any thread. Resolves when all are done. */
  async run(tasks: readonly Task[]): Promise<void> {
    if (tasks.length === 0) return;
    if (this.#dead !== null) throw threadLost(this.#dead);
    if (this.#stopping) throw new EngineError('cancelled', 'The enhancement was cancelled.');
    const id = ++this.#order;
    const next = new SharedArrayBuffer(4);
    const busy = this.#workers.slice(0, Math.min(this.#workers.length, tasks.length));
    const reports = await Promise.all(busy.map((worker) => send(worker, { id, tasks, next })));
    const failed = reports.find((report) => report.failure !== null);
    if (failed?.failure != null)
      throw new EngineError('internal', 'A step of the photo engine failed.', {
        cause: new Error(failed.failure),
      });
  }

  /** One call for each strip of rows of a plane. `even`: strips start at even rows. */
  async strips(
    size: { readonly width: number; readonly height: number },
    call: (from: number, to: number) => Call,
  ): Promise<void> {
    await this.run(stripsOf(size).map(([from, to]) => [call(from, to)]));
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

/** Row ranges of about equal work; they depend on the size alone and start at even rows. */
export function stripsOf(size: {
  readonly width: number;
  readonly height: number;
}): readonly (readonly [from: number, to: number])[] {
  const rows = Math.max(2, 2 * Math.ceil(STRIP_SAMPLES / size.width / 2));
  const strips: [number, number][] = [];
  for (let from = 0; from < size.height; from += rows)
    strips.push([from, Math.min(size.height, from + rows)]);
  return strips;
}

function threadLost(cause: Error): EngineError {
  return new EngineError('crashed', 'A thread of the photo engine stopped unexpectedly.', {
    cause,
  });
}

/** Resolves with the thread's first message, which says that it has started. */
async function ready(worker: Worker): Promise<void> {
  await answer<typeof STARTED>(worker, (message) => message === STARTED);
}

function send(worker: Worker, order: Order): Promise<Report> {
  const report = answer<Report>(worker, ({ id }) => id === order.id);
  worker.postMessage(order);
  return report;
}

/** The next message that is `meant`. @throws EngineError `crashed` when the thread ends before */
function answer<T>(worker: Worker, meant: (message: T) => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      done();
    };
    const onMessage = (message: T): void => {
      if (meant(message)) settle(() => resolve(message));
    };
    const onError = (error: Error): void => settle(() => reject(threadLost(error)));
    const onExit = (): void =>
      settle(() => reject(threadLost(new Error('a thread ended in the middle of its work'))));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}
