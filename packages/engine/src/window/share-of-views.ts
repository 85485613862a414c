import { createPlane, type Picture, type Plane } from '../pixels/picture.ts';
import type { WindowMask } from './window-plan.ts';

/** Side of the squares that are looked at as one, and how many of them a hole may be wide, in all. */
export const SQUARE = 8;
const HOLES = 5;

/** What the mask was found on, a part of the photo. */
export type Grounds = {
  /** Luma of the view and of the photo without it. */
  readonly shown: Plane;
  readonly luma: Plane;
  /** Place of these planes, in their pixels. */
  readonly left: number;
  readonly top: number;
  /** Pixels of the photo per pixel of theirs. */
  readonly factor: number;
};

/**
 * How much (0..1) of each place shows a view instead of the room: later steps leave that as it is. The
 * mask alone has holes wherever the photo showed the view already; they belong to the window as well.
 * @returns an eighth of the photo's size
 * @param photo as large as the overviews
 */
export function shareOfViews(
  mask: WindowMask,
  grounds: Grounds,
  { width, height }: Omit<Picture, 'data'>,
): Plane {
  const share = createPlane(Math.ceil(width / SQUARE), Math.ceil(height / SQUARE));
  for (let y = 0; y < mask.base.height; y++) raiseRow(share, mask, { ...grounds, y });
  return lowest(highest(share, HOLES), HOLES);
}

/** Raises the squares to what a row of the mask has. */
function raiseRow(
  share: Plane,
  { viewSlope, roomSlope, base, left: maskLeft, top: maskTop }: WindowMask,
  { shown, luma, left, top, factor, y }: Grounds & { readonly y: number },
): void {
  const row = y * base.width;
  const from = (maskTop - top + y) * shown.width + maskLeft - left;
  const into = Math.floor(((maskTop + y) * factor) / SQUARE) * share.width;
  for (let x = 0; x < base.width; x++) {
    const value =
      (viewSlope.data[row + x] as number) * (shown.data[from + x] as number) +
      (roomSlope.data[row + x] as number) * (luma.data[from + x] as number) +
      (base.data[row + x] as number);
    const at = into + Math.floor(((maskLeft + x) * factor) / SQUARE);
    if (value > (share.data[at] as number)) share.data[at] = Math.min(1, value);
  }
}

/** The highest value within `reach` squares in each direction. */
function highest(plane: Plane, reach: number): Plane {
  const { width, height } = plane;
  const rows = createPlane(width, height);
  const out = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    highestAlong(plane.data, rows.data, { from: row, step: 1, count: width, reach });
  }
  for (let x = 0; x < width; x++)
    highestAlong(rows.data, out.data, { from: x, step: width, count: height, reach });
  return out;
}

type Line = {
  readonly from: number;
  readonly step: number;
  readonly count: number;
  readonly reach: number;
};

function highestAlong(
  values: Float32Array,
  into: Float32Array,
  { from, step, count, reach }: Line,
): void {
  for (let i = 0; i < count; i++) {
    const last = Math.min(count - 1, i + reach);
    let most = values[from + i * step] as number;
    for (let k = Math.max(0, i - reach); k <= last; k++) {
      const value = values[from + k * step] as number;
      if (value > most) most = value;
    }
    into[from + i * step] = most;
  }
}

function lowest(plane: Plane, reach: number): Plane {
  return negated(highest(negated(plane), reach));
}

function negated({ width, height, data }: Plane): Plane {
  const out = createPlane(width, height);
  for (let i = 0; i < data.length; i++) out.data[i] = 0 - (data[i] as number);
  return out;
}
