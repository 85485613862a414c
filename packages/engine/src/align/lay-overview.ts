import { warpOnPool } from '../geometry/warp-on-pool.ts';
import type { Pool } from '../parallel/pool.ts';
import { createPicture, lumaOf, type Picture } from '../pixels/picture.ts';
import type { Homography, Overview, Rectangle } from '../plan/plan.ts';
import { followedBy, scaledUp } from './homography.ts';

/**
 * The part of an overview that shows `area` of the reference.
 * @param toFrame full-size pixel of the reference -> full-size pixel of this frame; `null`: the same
 * @param area in full-size pixels of the reference; begins at a whole pixel of the overview
 */
export async function layOverview(
  pool: Pool,
  overview: Overview,
  { toFrame, area }: { readonly toFrame: Homography | null; readonly area: Rectangle },
): Promise<Overview> {
  const { picture, scale } = overview;
  const [left, top] = [Math.round(area.left / scale), Math.round(area.top / scale)];
  const size = { width: Math.ceil(area.width / scale), height: Math.ceil(area.height / scale) };
  if (toFrame === null && size.width === picture.width && size.height === picture.height)
    return overview;
  if (toFrame === null) return withPicture(overview, cutOut(picture, { left, top, ...size }));
  const toPicture = followedBy([1, 0, left, 0, 1, top, 0, 0, 1], scaledUp(toFrame, 1 / scale));
  const [laid] = await warpOnPool(pool, [[picture, { ...size, toPicture, lens: null }]]);
  return withPicture(overview, laid ?? picture);
}

function withPicture(overview: Overview, picture: Picture): Overview {
  return { ...overview, picture, luma: lumaOf(picture) };
}

function cutOut(picture: Picture, { left, top, width, height }: Rectangle): Picture {
  const out = createPicture(width, height);
  for (let y = 0; y < height; y++) {
    const from = 3 * ((top + y) * picture.width + left);
    out.data.set(picture.data.subarray(from, from + 3 * width), 3 * y * width);
  }
  return out;
}
