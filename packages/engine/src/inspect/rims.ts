import type { Plane } from '../pixels/picture.ts';
import type { Layers } from './small-view.ts';

/** A picture's brightness is a function of the exposure's, which may change slowly from place to place. */
const COLUMNS = 6;
const ROWS = 4;
const LEVELS = 24;
const CELLS = COLUMNS * ROWS * LEVELS;

/** Beyond these the exposure is clipped and says nothing. */
const DARKEST = 0.04;
const BRIGHTEST = 0.94;

/** Brightness step within 17 pixels that counts as an edge, and slope up to which a place is flat. */
const EDGE = 0.08;
const SLOPE = 0.012;

/** A cell of fewer places than this tells nothing. */
const FEWEST_IN_CELL = 12;

/** Fewer flat places beside edges than this tell nothing. */
const FEWEST = 50;

/** Where an exposure has edges, and which places are of one brightness in it. */
export type Rims = {
  /** For each pixel: place and brightness, roughly, as one number; `CELLS` more where an edge is near. */
  readonly cells: Uint16Array;
  /** Flat places beside edges, and on which side: 1 the bright one, -1 the dark one. */
  readonly places: Int32Array;
  readonly sides: Int8Array;
  /** Surfaces differ a little near edges in any photo: the overshoot of the exposure itself. */
  readonly own: number;
};

export function rimsOf({ soft, band }: Layers): Rims {
  const { width, height } = soft;
  const cells = new Uint16Array(width * height);
  const columns = Uint16Array.from({ length: width }, (_, x) => Math.floor((x * COLUMNS) / width));
  const places: number[] = [];
  const sides: number[] = [];
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor((y * ROWS) / height) * COLUMNS;
    for (let x = 0; x < width; x++, at++) {
      const value = soft.data[at] as number;
      const side = band.data[at] as number;
      const level = Math.min(LEVELS - 1, Math.floor(value * LEVELS));
      const near = side > EDGE / 4 || side < -EDGE / 4 ? CELLS : 0;
      cells[at] = (row + (columns[x] as number)) * LEVELS + level + near;
      if (side < EDGE && side > -EDGE) continue;
      if (value < DARKEST || value > BRIGHTEST || !isFlat(soft, x, y)) continue;
      places.push(at);
      sides.push(Math.sign(side));
    }
  }
  const rims = { cells, places: Int32Array.from(places), sides: Int8Array.from(sides) };
  return { ...rims, own: overshoot(soft, rims) };
}

function isFlat({ width, height, data }: Plane, x: number, y: number): boolean {
  if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return false;
  const at = y * width + x;
  const across = (data[at + 1] as number) - (data[at - 1] as number);
  const down = (data[at + width] as number) - (data[at - width] as number);
  return across * across + down * down <= SLOPE * SLOPE;
}

/**
 * Light and dark rims along edges. Surfaces of one brightness in the exposure are of one brightness in a
 * clean result, near an edge as far from it. What is brighter on the bright side of an edge, and darker
 * on the dark side, is a halo.
 * @param soft of the result
 * @returns added mean overshoot beside edges in 8-bit levels; below 0 edges became softer
 */
export function haloOf(soft: Plane, rims: Rims): number {
  return overshoot(soft, rims) - rims.own;
}

function overshoot(soft: Plane, rims: Omit<Rims, 'own'>): number {
  const { places, sides } = rims;
  if (places.length < FEWEST) return 0;
  const expected = expectedLevels(soft, rims);
  let sum = 0;
  for (let i = 0; i < places.length; i++) {
    const at = places[i] as number;
    const found = soft.data[at] as number;
    sum += (sides[i] as number) * (found - expectedAround(soft, rims.cells, { expected, at }));
  }
  return (sum / places.length) * 255;
}

/** What each cell's brightness becomes, read from the places far from edges; NaN where there are few. */
function expectedLevels({ data }: Plane, { cells }: Pick<Rims, 'cells'>): Float64Array {
  const [sums, counts] = [new Float64Array(2 * CELLS), new Float64Array(2 * CELLS)];
  for (let at = 0; at < data.length; at++) {
    const cell = cells[at] as number;
    sums[cell] = (sums[cell] as number) + (data[at] as number);
    counts[cell] = (counts[cell] as number) + 1;
  }
  return sums.subarray(0, CELLS).map((sum, cell) => {
    const seen = counts[cell] as number;
    return seen < FEWEST_IN_CELL ? Number.NaN : sum / seen;
  });
}

/** Levels and cells have borders that surfaces have not: the mean over 5 x 5 pixels. */
const AROUND = 2;

function expectedAround(
  { width, height, data }: Plane,
  cells: Uint16Array,
  { expected, at }: { readonly expected: Float64Array; readonly at: number },
): number {
  const x = at % width;
  const y = (at - x) / width;
  const [left, right] = [Math.max(0, x - AROUND), Math.min(width - 1, x + AROUND)];
  const [top, bottom] = [Math.max(0, y - AROUND), Math.min(height - 1, y + AROUND)];
  let sum = 0;
  for (let row = top; row <= bottom; row++) {
    for (let i = row * width + left; i <= row * width + right; i++) {
      const cell = cells[i] as number;
      const level = expected[cell < CELLS ? cell : cell - CELLS] as number;
      sum += Number.isNaN(level) ? (data[i] as number) : level;
    }
  }
  return sum / ((right - left + 1) * (bottom - top + 1));
}
