// A thread of the pool: takes task after task off the order's list until none is left. Plain
// JavaScript, because Node's TypeScript loader alone would take 18 MB in each thread.
import { parentPort, workerData } from 'node:worker_threads';

/** @type {import('./protocol.ts').WorkerSetup} */
const { modules, memory, scratch } = workerData;

/** @type {Map<string, (...args: number[]) => void>} */
const kernels = new Map();
for (const [name, module] of Object.entries(modules)) {
  const instance = new WebAssembly.Instance(module, { env: { memory, abort } });
  for (const [key, value] of Object.entries(instance.exports))
    if (typeof value === 'function') kernels.set(`${name}.${key}`, /** @type {any} */ (value));
}

parentPort?.on('message', (/** @type {import('./protocol.ts').Order} */ { id, tasks, next }) => {
  const counter = new Int32Array(next);
  /** @type {string | null} */
  let failure = null;
  try {
    for (let i = Atomics.add(counter, 0, 1); i < tasks.length; i = Atomics.add(counter, 0, 1))
      for (const [name, ...args] of tasks[i] ?? []) call(name, args);
  } catch (error) {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    Atomics.store(counter, 0, tasks.length);
  }
  parentPort?.postMessage({ id, failure });
});

/** @type {typeof import('./protocol.ts').STARTED} */
const started = 'started';
parentPort?.postMessage(started);

/** @param {string} name @param {number[]} args */
function call(name, args) {
  const kernel = kernels.get(name);
  if (kernel === undefined) throw new Error(`there is no kernel "${name}"`);
  kernel(...args, scratch);
}

function abort() {
  throw new Error('a kernel gave up');
}
