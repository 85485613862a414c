import { scaledUp } from '../align/homography.ts';
import { type Camera, cameraFor, reducedCamera } from '../geometry/camera.ts';
import { composeGeometry } from '../geometry/compose.ts';
import {
  type Geometry,
  type Lens,
  reduceGeometry,
  scaledLens,
  sourceOf,
} from '../geometry/geometry.ts';
import { readFocalLength } from '../geometry/read-focal-length.ts';
import { warpOnPool } from '../geometry/warp-on-pool.ts';
import type { Homography } from '../plan/plan.ts';
import { pictureOf } from './job.ts';
import type { CropFacts, Job } from './step.ts';

/** The camera of the photo under work, in pixels of `job.picture`. */
export async function cameraOf(job: Job): Promise<Camera> {
  const { area, scale, frames } = job.plan;
  const header = job.headers[frames[job.referenceIndex]?.frame ?? 0];
  const focal35 = await readFocalLength(header?.exif ?? null);
  return reducedCamera(cameraFor(header ?? area, area, focal35), scale);
}

/**
 * Takes the small photo through lens and upright, in one resample, and plans the same for the large one.
 * @param found both in pixels of `job.picture`; `null`: nothing to be done
 */
export async function applyGeometry(
  job: Job,
  found: { readonly lens: Lens | null; readonly toUpright: Homography | null },
): Promise<Geometry> {
  const { area, scale } = job.plan;
  const lens = found.lens === null ? null : scaledLens(found.lens, scale);
  const toUpright = found.toUpright === null ? null : scaledUp(found.toUpright, scale);
  const geometry = composeGeometry(area, lens, toUpright);
  const small = reduceGeometry(geometry, scale);
  const [picture] = await warpOnPool(job.pool, [[pictureOf(job), small]]);
  job.picture = picture ?? null;
  job.plan.geometry = geometry;
  if (job.crop !== null) job.crop = cropOf(geometry, job.crop);
  return geometry;
}

/** Where the result lies, as nearly as an upright rectangle can say: through the means of its corners. */
export function cropOf(geometry: Geometry, before: CropFacts): CropFacts {
  const { width, height } = geometry;
  const [a, b] = [sourceOf(geometry, 0, 0), sourceOf(geometry, width, 0)];
  const [c, d] = [sourceOf(geometry, 0, height), sourceOf(geometry, width, height)];
  const [left, right] = [(a[0] + c[0]) / 2, (b[0] + d[0]) / 2];
  const [top, bottom] = [(a[1] + b[1]) / 2, (c[1] + d[1]) / 2];
  return {
    ...before,
    left: Math.round(before.left + left),
    top: Math.round(before.top + top),
    width: Math.round(right - left),
    height: Math.round(bottom - top),
  };
}
