import { EngineError } from '../errors.ts';
import type { FrameHeader } from '../frames/read-header.ts';
import { warpPlane } from '../geometry/warp-plane.ts';
import type { Picture, Plane } from '../pixels/picture.ts';
import { SQUARE } from '../window/share-of-views.ts';
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

/** The header of the exposure that the others are laid on. */
export function referenceHeader(job: Job): FrameHeader {
  const header = job.headers[job.overviews[job.referenceIndex]?.frame ?? 0];
  if (header === undefined)
    throw new EngineError('internal', 'A photo was to be written before its frames were read.');
  return header;
}

/** How much (0..1) of each place shows a view, as the photo lies by now; `null`: there is none. */
export function viewsAsLaid({ plan }: Job): Plane | null {
  const { views, geometry, scale } = plan;
  return views === null || geometry === null ? views : warpPlane(views, geometry, scale * SQUARE);
}
