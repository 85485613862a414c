import { flushCompileCache } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import type { PractiseMessage } from '../child-protocol.ts';
import { enhance } from '../enhance.ts';
import type { EnhanceOptions } from '../options/options.ts';
import { freeMemory } from '../parallel/free-memory.ts';
import { readyPool } from '../parallel/ready-pool.ts';
import { drawBrackets } from './draw-brackets.ts';

/** Every step that a photo may go through, and files of every kind that are written beside it. */
const OPTIONS: EnhanceOptions = {
  preset: 'natural',
  firstLook: { name: 'first-look', maxWidth: 512 },
  previews: [
    { name: 'preview', maxWidth: 400, format: 'jpeg' },
    { name: 'thumb', maxWidth: 240, format: 'webp' },
  ],
};

/**
 * Makes photos of a drawn room and throws them away, so that sources are read, kernels compiled and the
 * functions that take time are machine code when the photo comes that somebody waits for. Then starts that
 * photo's threads. What a photo will be does not depend on it.
 */
export async function practise({ rounds, threads }: Omit<PractiseMessage, 'type'>): Promise<void> {
  const { still, moved } = await drawBrackets();
  for (let round = 0; round < rounds; round++) {
    await enhance(round % 2 === 0 ? still : moved, OPTIONS, {
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
