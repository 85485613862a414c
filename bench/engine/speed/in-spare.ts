import { basename, join } from 'node:path';
import { EngineRunner, type EnhanceRequest } from '../../../packages/engine/src/index.ts';
import { memoryOf } from '../../machine/proc.ts';
import { EVERY_STEP } from './ours.ts';

/** Seconds from the request, which waits for nothing that was done before it. */
export interface SpareFigures {
  readonly seconds: number;
  readonly firstLook: number;
  /** Most memory that the process held at once, in MiB, its practice included. */
  readonly peakMib: number;
}

const WATCH_MS = 10;

/** Every step and its files, in a process that has practised, as a worker of PhotoEstate Pro does it. */
export async function enhanceInSpare(
  frames: readonly string[],
  folder: string,
): Promise<SpareFigures> {
  const threads = 2;
  const runner = new EngineRunner({ places: 1, threads, onTrouble: reportTrouble });
  try {
    if (!(await runner.prepare())) throw new Error('there is no spare process');
    const pid = runner.sparePid;
    let [firstLook, peakMib] = [Number.NaN, Number.NaN];
    const watcher = setInterval(() => {
      peakMib = (pid === null ? undefined : memoryOf(pid)?.peak) || peakMib;
    }, WATCH_MS);
    const began = performance.now();
    const elapsed = (): number => (performance.now() - began) / 1000;
    await runner.run(requestFor(frames, folder, threads), {
      onFirstLook: () => {
        firstLook = elapsed();
      },
    });
    clearInterval(watcher);
    return { seconds: elapsed(), firstLook, peakMib };
  } finally {
    await runner.stop();
  }
}

function requestFor(frames: readonly string[], folder: string, threads: number): EnhanceRequest {
  const { firstLook, previews = [], ...options } = EVERY_STEP;
  const outputs = previews.map((preview) => ({ ...preview, path: join(folder, preview.name) }));
  return {
    type: 'enhance',
    frames: frames.map((path) => ({ name: basename(path), path })),
    options,
    outputs: [{ name: 'image', path: join(folder, 'finished.jpg') }, ...outputs],
    ...(firstLook && { firstLook: { ...firstLook, path: join(folder, 'first-look') } }),
    threads,
  };
}

function reportTrouble(reason: Error): void {
  console.error(reason.message);
}
