import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Pixels lie outside of V8's heap, which therefore sees no reason to collect while hundreds of megabytes
 * of them wait to be freed. Called where large buffers were just let go of: takes about 10 ms.
 */
export async function freeMemory(): Promise<void> {
  collect ??= findCollector();
  collect();
  // Buffers that native code made are given back a turn later.
  await setImmediate();
}

let collect: (() => void) | undefined;

function findCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  return typeof gc === 'function' ? () => void gc() : () => undefined;
}
