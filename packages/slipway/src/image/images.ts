import { availableParallelism } from 'node:os';
import type { Logger } from '@repo/foundation/telemetry';
import { keepWorkDirClean } from '@repo/foundation/work-dir';
import { createImageProcessor, type ImageLimits, type ImageProcessor } from './processor.ts';
import { createRefusals, type Refusals } from './refusals.ts';
import type { Derivative } from './table.ts';

/** What a process makes pictures with. */
export interface Images {
  readonly processor: ImageProcessor;
  /** For the time of one picture: the original and what is made of it. */
  readonly workDir: string;
  /** Longest that a picture may take, in seconds. */
  readonly maxSeconds: number;
  /** Whether every picture gets a thumbnail as soon as it is ready. */
  readonly eagerThumbnails: boolean;
  /** Being made in this process right now, by name. */
  readonly running: Map<string, Promise<Derivative>>;
  readonly refusals: Refusals;
  close(): void;
}

export interface ImagesOptions extends Omit<ImageLimits, 'processes'> {
  readonly workDir: string;
  readonly eagerThumbnails: boolean;
  readonly log: Logger;
}

export function openImages(options: ImagesOptions): Images {
  const { workDir, maxSeconds, eagerThumbnails, log } = options;
  // One core stays with those who only want an answer.
  const processes = Math.max(1, availableParallelism() - 1);
  const processor = createImageProcessor({ ...options, processes });
  const stopCleaning = keepWorkDirClean(workDir, log);
  return {
    processor,
    workDir,
    maxSeconds,
    eagerThumbnails,
    running: new Map(),
    refusals: createRefusals(),
    close() {
      stopCleaning();
      processor.close();
    },
  };
}
