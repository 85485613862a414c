import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import sharp from 'sharp';
import { type EnhanceOptions, enhance } from '../../../packages/engine/src/index.ts';
import { scriptInput, scriptResult } from '../../child-process.ts';

/** What `measureProcess` runs for us: exposures in, one photo out, as the engine's own child does it. */
export interface EnhanceInput {
  readonly frames: readonly string[];
  readonly output: string;
  readonly options: EnhanceOptions;
}

export interface EnhanceTimes {
  /** Seconds from the start of the process to the first look; `null` without one. */
  readonly firstLook: number | null;
}

sharp.cache(false);
sharp.concurrency(2);
const { frames, output, options } = scriptInput<EnhanceInput>();
let firstLook: number | null = null;
const { image } = await enhance(
  await Promise.all(
    frames.map(async (path) => ({ name: basename(path), bytes: await readFile(path) })),
  ),
  options,
  {
    onFirstLook: () => {
      firstLook = performance.now() / 1000;
    },
  },
);
await writeFile(output, image.bytes);
scriptResult({ firstLook } satisfies EnhanceTimes);
