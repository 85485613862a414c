import { EngineError } from '../errors.ts';
import type { Picture } from '../pixels/picture.ts';
import type { Job } from './step.ts';

/** The photo under work. @throws EngineError `internal` when a step runs before `merge`. */
export function pictureOf(job: Job): Picture {
  if (job.picture === null)
    throw new EngineError(
      'internal',
      'A step asked for the merged photo before the frames were merged.',
    );
  return job.picture;
}

/** Rows done between two pulses: about a megapixel, so that cancelling takes milliseconds. */
export function stripRows(width: number): number {
  return Math.max(16, Math.floor(1_000_000 / width));
}
