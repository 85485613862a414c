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
