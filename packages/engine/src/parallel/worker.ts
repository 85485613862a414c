import { parentPort, workerData } from 'node:worker_threads';
import type { Order, Report, WorkerSetup } from './protocol.ts';

/** A thread of the pool: takes task after task off the order's list until none is left. */

type Kernel = (...args: number[]) => void;

const { modules, memory, scratch } = workerData as WorkerSetup;
const kernels = new Map<string, Kernel>();
for (const [name, module] of Object.entries(modules)) {
  const instance = new WebAssembly.Instance(module, { env: { memory, abort } });
  for (const [key, value] of Object.entries(instance.exports))
    if (typeof value === 'function') kernels.set(`${name}.${key}`, value as Kernel);
}

parentPort?.on('message', ({ id, tasks, next }: Order) => {
  const counter = new Int32Array(next);
  let failure: string | null = null;
  try {
    for (
      let index = Atomics.add(counter, 0, 1);
      index < tasks.length;
      index = Atomics.add(counter, 0, 1)
    )
      for (const [name, ...args] of tasks[index] ?? []) call(name, args);
  } catch (error) {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    Atomics.store(counter, 0, tasks.length);
  }
  parentPort?.postMessage({ id, failure } satisfies Report);
});

function call(name: string, args: number[]): void {
  const kernel = kernels.get(name);
  if (kernel === undefined) throw new Error(`there is no kernel "${name}"`);
  kernel(...args, scratch);
}

function abort(): never {
  throw new Error('a kernel gave up');
}
