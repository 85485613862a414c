import type { Picture, Plane } from '../pixels/picture.ts';
import { blocksOf } from './bands.ts';
import { type Cast, castOf } from './cast.ts';
import { type Clipping, clippingOf } from './clipping.ts';
import { type Detail, detailOf } from './detail.ts';
import { haloOf } from './halo.ts';
import { smallView } from './small-view.ts';
import { type Structure, structureOf } from './structure.ts';

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

/** The exposures of a photo, all as the photo lies: straightened and cropped like it. */
export type Witnesses = {
  readonly exposures: readonly Picture[];
  /** Index of the one whose content the photo has to keep. */
  readonly reference: number;
  /** How much (0..1) of each place shows a view put together on purpose; any size, laid over the photo. */
  readonly views?: Plane | null;
};

/**
 * Measures a photo against its exposures, on copies of at most 768 pixels.
 * @param tiltOf degrees that the verticals of a picture lean, or `null`
 */
export function measure(
  photo: Picture,
  { exposures, reference, views: pulled = null }: Witnesses,
  tiltOf: (luma: Plane) => number | null = () => null,
): Measurements {
  const result = smallView(photo);
  const views = exposures.map((exposure) => smallView(exposure, photo));
  if (views.length === 0) views.push(result);
  const before = views[reference] ?? result;
  const blocks = { result: blocksOf(result), reference: blocksOf(before) };
  return {
    ...clippingOf(result, views),
    ...detailOf(blocks.result, blocks.reference),
    ...castOf(result, before),
    ...structureOf(result, views, { ...blocks, spared: pulled }),
    meanLuma: meanOf(result.luma),
    sharpness: gradientPercentile(result.luma) * 255,
    // What only one exposure shows has the rims of that one at most.
    halo: Math.min(...views.map((view) => haloOf(result, view))),
    tilt: tiltOf(result.luma),
  };
}

function meanOf({ data }: Plane): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i] as number;
  return sum / data.length;
}

/** The gradient that 5 % of the pixels exceed: photos in focus have some strong edges, blurred ones have none. */
function gradientPercentile(plane: Plane): number {
  const { width, height, data } = plane;
  const gradients = new Float32Array(Math.max(1, (width - 1) * (height - 1)));
  let count = 0;
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const at = y * width + x;
      const here = data[at] as number;
      gradients[count++] = Math.hypot(
        (data[at + 1] as number) - here,
        (data[at + width] as number) - here,
      );
    }
  }
  gradients.sort();
  return gradients[Math.floor(gradients.length * 0.95)] as number;
}
