import { boxMean } from '../pixels/guided-filter.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';
import type { SmallView } from './small-view.ts';

/** A picture's brightness is a function of the reference's, which may change slowly from place to place. */
const COLUMNS = 6;
const ROWS = 4;
const LEVELS = 24;

/** Beyond these the reference is clipped and says nothing. */
const DARKEST = 0.04;
const BRIGHTEST = 0.94;

/** Brightness step within 17 pixels that counts as an edge, and slope up to which a place is flat. */
const EDGE = 0.08;
const SLOPE = 0.012;

/**
 * Light and dark rims along edges. Surfaces of one brightness in the reference are of one brightness in a
 * clean result, near an edge as far from it. What is brighter on the bright side of an edge, and darker
 * on the dark side, is a halo.
 * @returns added mean overshoot beside edges in 8-bit levels; below 0 edges became softer
 */
export function haloOf(result: SmallView, reference: SmallView): number {
  // Surfaces differ a little near edges in any photo; only what is more than in the reference counts.
  return overshoot(result, reference) - overshoot(reference, reference);
}

function overshoot(result: SmallView, reference: SmallView): number {
  const expected = expectedLuma(result, reference);
  const before = reference.soft;
  const { width, height } = before;
  let [sum, count] = [0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const value = before.data[at] as number;
      if (value < DARKEST || value > BRIGHTEST) continue;
      const side = value - (reference.broad.data[at] as number);
      if (Math.abs(side) < EDGE) continue;
      const slope = Math.hypot(
        (before.data[at + 1] as number) - (before.data[at - 1] as number),
        (before.data[at + width] as number) - (before.data[at - width] as number),
      );
      if (slope > SLOPE) continue;
      sum += Math.sign(side) * ((result.soft.data[at] as number) - (expected.data[at] as number));
      count++;
    }
  }
  return count < 50 ? 0 : (sum / count) * 255;
}

/** What the reference's brightness becomes at each place, read from the places far from edges. */
function expectedLuma(result: SmallView, reference: SmallView): Plane {
  const { width, height, data } = reference.soft;
  const cells = COLUMNS * ROWS * LEVELS;
  const [sums, counts] = [new Float64Array(cells), new Float64Array(cells)];
  const cellOf = (at: number): number => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const level = Math.min(LEVELS - 1, Math.floor((data[at] as number) * LEVELS));
    const column = Math.floor((x * COLUMNS) / width);
    return (Math.floor((y * ROWS) / height) * COLUMNS + column) * LEVELS + level;
  };
  for (let at = 0; at < data.length; at++) {
    const near = Math.abs((data[at] as number) - (reference.broad.data[at] as number)) > EDGE / 4;
    if (near) continue;
    const cell = cellOf(at);
    sums[cell] = (sums[cell] as number) + (result.soft.data[at] as number);
    counts[cell] = (counts[cell] as number) + 1;
  }
  const expected = createPlane(width, height);
  for (let at = 0; at < data.length; at++) {
    const cell = cellOf(at);
    const seen = counts[cell] as number;
    expected.data[at] =
      seen < 12 ? (result.soft.data[at] as number) : (sums[cell] as number) / seen;
  }
  // Levels and cells have borders that surfaces have not.
  return boxMean(expected, 2);
}
