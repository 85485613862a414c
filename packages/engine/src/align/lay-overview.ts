import { createPicture, lumaOf, type Picture } from '../pixels/picture.ts';
import type { Homography, Overview, Rectangle } from '../plan/plan.ts';
import { followedBy, scaledUp } from './homography.ts';
import { warpOverview } from './warp-overview.ts';

/**
 * The part of an overview that shows `area` of the reference.
 * @param toFrame full-size pixel of the reference -> full-size pixel of this frame; `null`: the same
 * @param area in full-size pixels of the reference; begins at a whole pixel of the overview
 */
export function layOverview(
  overview: Overview,
  toFrame: Homography | null,
  area: Rectangle,
): Overview {
  const { picture, scale } = overview;
  const [left, top] = [Math.round(area.left / scale), Math.round(area.top / scale)];
  const size = { width: Math.ceil(area.width / scale), height: Math.ceil(area.height / scale) };
  if (toFrame === null && size.width === picture.width && size.height === picture.height)
    return overview;
  const laid =
    toFrame === null
      ? cutOut(picture, { left, top, ...size })
      : warpOverview(
          picture,
          followedBy([1, 0, left, 0, 1, top, 0, 0, 1], scaledUp(toFrame, 1 / scale)),
          size,
        ).picture;
  return { ...overview, picture: laid, luma: lumaOf(laid) };
}

function cutOut(picture: Picture, { left, top, width, height }: Rectangle): Picture {
  const out = createPicture(width, height);
  for (let y = 0; y < height; y++) {
    const from = 3 * ((top + y) * picture.width + left);
    out.data.set(picture.data.subarray(from, from + 3 * width), 3 * y * width);
  }
  return out;
}
