import { meanOf } from '../pixels/measure.ts';
import type { Picture, Plane } from '../pixels/picture.ts';
import { blocksOf } from './bands.ts';
import { type Cast, castOf } from './cast.ts';
import { type Clipping, clippingOf } from './clipping.ts';
import { type Detail, detailOf } from './detail.ts';
import { haloOf } from './rims.ts';
import { sharpnessOf } from './sharpness.ts';
import { smallCopy } from './small-copy.ts';
import { viewOf } from './small-view.ts';
import { type Structure, structureOf } from './structure.ts';
import type { Witnesses } from './witnesses.ts';

/** What was measured on the finished photo, beside the exposures it was made from. Shares are 0..1. */
export type Measurements = Clipping &
  Detail &
  Cast &
  Structure & {
    /** Mean luma, 0..1. */
    readonly meanLuma: number;
    /** 95th percentile of the luma gradient on a copy of at most 768 px, in 8-bit levels per pixel. */
    readonly sharpness: number;
    /** Brightness of rims along edges that the exposures do not have, in 8-bit levels. */
    readonly halo: number;
    /** Degrees that verticals still lean; `null` where there are too few lines to tell. */
    readonly tilt: number | null;
  };

/**
 * Measures a photo against its exposures, on copies of at most 768 pixels.
 * @param tiltOf degrees that the verticals of a picture lean, or `null`
 */
export function measure(
  photo: Picture,
  { exposures, reference, views, ...small }: Witnesses,
  tiltOf: (luma: Plane) => number | null = () => null,
): Measurements {
  const result = viewOf(smallCopy(photo, small));
  const blocks = { result: blocksOf(result), reference: reference.blocks, spared: views };
  return {
    ...clippingOf(
      result,
      exposures.map(({ shown }) => shown),
    ),
    ...detailOf(blocks.result, blocks.reference),
    ...castOf(result, reference.greys),
    ...structureOf(
      result.band,
      exposures.map(({ band }) => band),
      blocks,
    ),
    meanLuma: meanOf(result.luma),
    sharpness: sharpnessOf(result.luma) * 255,
    // What only one exposure shows has the rims of that one at most.
    halo: Math.min(...exposures.map(({ rims }) => haloOf(result.soft, rims))),
    tilt: tiltOf(result.luma),
  };
}
