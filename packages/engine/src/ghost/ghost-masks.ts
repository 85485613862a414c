import { boxMean } from '../pixels/box-mean.ts';
import { createEnlarger } from '../pixels/enlarge.ts';
import { meanOf } from '../pixels/measure.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import { agreementOf } from './agreement.ts';
import { chooseExposures, type ExposureSet, holds } from './choose-exposures.ts';
import { dilate, type Size } from './morphology.ts';
import { movedPlaces } from './moved-places.ts';
import { fillHoles, findRegions, type Regions } from './regions.ts';
import { shrink } from './small-exposure.ts';

export type Ghosts = {
  /** For each overview how far it may be used (0..1) at each of its pixels; `null`: everywhere. */
  readonly masks: readonly (Plane | null)[];
  /** Places where something moved, and the share of the frame that they cover, 0..1. */
  readonly regions: number;
  readonly share: number;
};

/** Long side in pixels, about, of the copies in which motion is looked for. */
const SIDE = 768;

/** Contradictions (of 1023, beyond what noise and exposure explain) that belong to a region and make one. */
const WEAK = 20;
const STRONG = 60;

/** Share of the frame that a moved thing covers at least, but never less than so many pixels. */
const LEAST_SHARE = 0.00006;
const LEAST_AREA = 16;
const LEAST_STRONG = 6;

/** Parts of a thing lie less than twice this far apart, and masks reach so far beyond: shares of the long side. */
const JOIN = 0.012;
const MARGIN = 0.003;

/** Pixels of the copies over which masks fade. */
const FADE = 2;

/**
 * Finds what moved between exposures and lets only exposures show it there that agree with each other; one
 * alone where none do.
 * @param overviews laid on each other, all of one size
 * @param referenceIndex preferred where several exposures are as good
 */
export function ghostMasks(overviews: readonly Overview[], referenceIndex: number): Ghosts {
  const none = { masks: overviews.map(() => null), regions: 0, share: 0 };
  const [first] = overviews;
  if (first === undefined || overviews.length < 2) return none;
  const full: Size = { width: first.luma.width, height: first.luma.height };
  const long = Math.max(full.width, full.height);
  const factor = Math.max(1, Math.round(long / SIDE));
  if (Math.min(full.width, full.height) < 8 * factor) return none;
  const exposures = overviews.map(({ picture }) => shrink(picture, factor));
  const brightness = overviews.map(({ luma }) => meanOf(luma));
  const order = [...exposures.keys()].sort(
    (a, b) => (brightness[a] as number) - (brightness[b] as number) || a - b,
  );
  const ordered = order.flatMap((index) => exposures[index] ?? []);
  const size: Size = ordered[0] ?? full;
  const regions = findRegions(movedPlaces(ordered), size, {
    weak: WEAK,
    strong: STRONG,
    leastArea: Math.max(LEAST_AREA, LEAST_SHARE * size.width * size.height),
    leastStrong: LEAST_STRONG,
    join: Math.max(3, Math.round((JOIN * long) / factor)),
    margin: Math.max(1, Math.round((MARGIN * long) / factor)),
  });
  if (regions.count === 0) return none;
  fillHoles(regions, size);
  const places = placesIn(regions);
  const agrees = agreementOf(exposures, order, { regions, places });
  const chosen = chooseExposures(exposures, { regions, places }, { referenceIndex, agrees });
  const painting = { labels: regions.labels, places, chosen, size, full };
  const masks = overviews.map((_, index) => paintMask(index, painting));
  return { masks, regions: regions.count, share: places.length / regions.labels.length };
}

/** Every pixel that belongs to a region, in rising order. */
function placesIn({ labels }: Regions): Int32Array {
  const places = new Int32Array(labels.length);
  let count = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] !== 0) places[count++] = i;
  return places.slice(0, count);
}

type Painting = {
  readonly labels: Int32Array;
  readonly places: Int32Array;
  /** Exposures that show each region, by label. */
  readonly chosen: readonly ExposureSet[];
  readonly size: Size;
  readonly full: Size;
};

/** 0 in the regions that only other exposures than `index` show, fading to 1 outside of them. */
function paintMask(index: number, { labels, places, chosen, size, full }: Painting): Plane | null {
  const others = new Uint8Array(labels.length);
  let [first, last] = [-1, -1];
  for (let i = 0; i < places.length; i++) {
    const at = places[i] as number;
    if (holds(chosen[labels[at] as number] as number, index)) continue;
    others[at] = 1;
    if (first < 0) first = at;
    last = at;
  }
  if (last < 0) return null;
  const small = createPlane(size.width, size.height);
  small.data.fill(1);
  fade(others, small, {
    from: Math.max(0, Math.floor(first / size.width) - 2 * FADE),
    to: Math.min(size.height, Math.floor(last / size.width) + 1 + 2 * FADE),
  });
  // Where this exposure is a chosen one it stays whole beside another region, too.
  for (let i = 0; i < places.length; i++) {
    const at = places[i] as number;
    if (holds(chosen[labels[at] as number] as number, index)) small.data[at] = 1;
  }
  return size.width === full.width && size.height === full.height ? small : enlarged(small, full);
}

/** Takes what is marked out of a mask, with soft borders. Rows `from`..`to` have all of it, borders included. */
function fade(
  marks: Uint8Array,
  { width, data }: Plane,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const part = { width, height: to - from };
  const hidden = dilate(marks.subarray(from * width, to * width), part, FADE);
  const left = createPlane(part.width, part.height);
  for (let i = 0; i < hidden.length; i++) left.data[i] = 1 - (hidden[i] as number);
  data.set(boxMean(left, FADE).data, from * width);
}

function enlarged(plane: Plane, { width, height }: Size): Plane {
  const out = createPlane(width, height);
  const readRow = createEnlarger(plane, width, height);
  for (let y = 0; y < height; y++) readRow(y, out.data.subarray(y * width, (y + 1) * width));
  return out;
}
