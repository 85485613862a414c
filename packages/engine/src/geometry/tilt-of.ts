import type { Plane } from '../pixels/picture.ts';
import { cameraFor } from './camera.ts';
import { UNKNOWN_LENS } from './estimate-frame.ts';
import { findTilt } from './plan-verticals.ts';
import { linesOf } from './read-lines.ts';

/**
 * Degrees that the verticals of a finished photo still lean, the larger of pitch and roll; `null` where
 * there are too few lines to tell.
 */
export function tiltOf(luma: Plane): number | null {
  const camera = cameraFor(luma, { ...luma, left: 0, top: 0 }, null);
  const found = findTilt(linesOf(luma).segments, { camera, height: luma.height }, UNKNOWN_LENS);
  return found.sure ? Math.max(Math.abs(found.tilt.pitch), Math.abs(found.tilt.roll)) : null;
}
