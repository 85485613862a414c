import { flushCompileCache } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { enhance } from '../enhance.ts';
import type { EnhanceOptions } from '../options/options.ts';
import { freeMemory } from '../parallel/free-memory.ts';
import { readyPool } from '../parallel/ready-pool.ts';
import { drawBrackets } from './draw-brackets.ts';

/** Every step that a photo may go through, and files of every kind that are written beside it. */
const OPTIONS: EnhanceOptions = {
  preset: 'natural',
  firstLook: { name: 'first-look', maxWidth: 640 },
  previews: [
    { name: 'preview', maxWidth: 900, format: 'jpeg' },
    { name: 'thumb', maxWidth: 240, format: 'webp' },
  ],
};

/**
 * Makes photos of a drawn room and throws them away, so that sources are read, kernels compiled and the
 * functions that take time are machine code when the photo comes that somebody waits for. Then starts that
 * photo's threads. What a photo will be does not depend on it.
 */
export async function practise(threads: number): Promise<void> {
  for (const frames of await drawBrackets()) {
    await enhance(frames, OPTIONS, {
      threads,
      onProgress: () => undefined,
      onFirstLook: () => undefined,
    });
  }
  flushCompileCache();
  await freeMemory();
  // The threads that were stopped let go of their memory a moment later.
  await setImmediate();
  await freeMemory();
  await readyPool(threads);
}
