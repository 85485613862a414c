import type { KernelModules } from './kernels.ts';

/** One kernel call: its name, `module.function`, and its arguments without the scratch memory. */
export type Call = readonly [kernel: string, ...args: number[]];

/** Calls that one thread does one after the other. */
export type Task = readonly Call[];

export type WorkerSetup = {
  readonly modules: KernelModules;
  readonly memory: WebAssembly.Memory;
  /** Address of memory that belongs to this thread alone; every kernel gets it as its last argument. */
  readonly scratch: number;
};

/** A thread's first message: it has the memory and every kernel. */
export const STARTED = 'started';

export type Order = {
  readonly id: number;
  readonly tasks: readonly Task[];
  /** One Int32: the index of the next task nobody has taken yet. */
  readonly next: SharedArrayBuffer;
};

export type Report = { readonly id: number; readonly failure: string | null };
