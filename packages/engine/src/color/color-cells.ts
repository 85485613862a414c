import type { SceneChroma } from './scene-chroma.ts';
import { BANDS, bandOf } from './surface-prior.ts';

/** Side of a cell in stops. */
export const CELL = 0.05;

/** Cells on each side of neutral; colours further away than three stops are left out. */
export const SPAN = 60;
const SIZE = 2 * SPAN + 1;
const REACH = SPAN * CELL;

/** The colours of a picture, counted: what of them occurs, and how much that says. */
export type ColorCells = {
  readonly count: number;
  /** In cells from neutral. */
  readonly red: Int16Array;
  readonly blue: Int16Array;
  readonly band: Uint8Array;
  /** Sums to the number of independent surfaces that the picture is worth. */
  readonly weight: Float32Array;
  /** Blue sky and green leaves are both in the picture, more than a window shows of them. */
  readonly outdoors: boolean;
};

/** A picture with all its noise and texture is worth this many independent surfaces. */
const EVIDENCE = 53;

/** A wall ten times as large says six times as much. */
const CROWD = 0.8;

/** What a surface says by brightness: bright, middle, dark. */
const SAYS = [1, 0.35, 0.33] as const;

/** Sky is bluer than this in the upper part of the picture, leaves are greener than that. */
const SKY_RED = -0.25;
const SKY_BLUE = 0.25;
const LEAF_RED = -0.2;
const LEAF_BLUE = -0.5;
const MIN_SKY = 0.04;
const MIN_LEAVES = 0.025;

/** What the sun lights is less blue than this. */
const SUNLIT_RED = -0.15;
const SUNLIT_BLUE = 0.2;
const MIN_SUNLIT = 0.06;

export function colorCells(chroma: SceneChroma): ColorCells {
  const outdoors = isOutdoors(chroma);
  const counts = countColors(chroma, outdoors);
  let count = 0;
  for (let i = 0; i < counts.length; i++) if ((counts[i] as number) > 0) count++;
  const cells = {
    count,
    red: new Int16Array(count),
    blue: new Int16Array(count),
    band: new Uint8Array(count),
    weight: new Float32Array(count),
    outdoors,
  };
  let total = 0;
  for (let i = 0, k = 0; i < counts.length; i++) {
    if ((counts[i] as number) === 0) continue;
    const band = Math.floor(i / (SIZE * SIZE));
    const weight = (counts[i] as number) ** CROWD * (SAYS[band % 3] as number);
    cells.red[k] = (i % SIZE) - SPAN;
    cells.blue[k] = (Math.floor(i / SIZE) % SIZE) - SPAN;
    cells.band[k] = band;
    cells.weight[k++] = weight;
    total += weight;
  }
  for (let k = 0; k < count; k++)
    cells.weight[k] = ((cells.weight[k] as number) * EVIDENCE) / total;
  return cells;
}

/** Without sky when it is outdoors: its blue is no hint at the light on the house. */
function countColors(chroma: SceneChroma, outdoors: boolean): Uint32Array {
  const { width, height, red, blue, brightness } = chroma;
  const counts = new Uint32Array(BANDS * SIZE * SIZE);
  for (let y = 0; y < height; y++) {
    const upper = bandOf(1, y / height) === 0;
    for (let i = y * width; i < (y + 1) * width; i++) {
      const r = red.data[i] as number;
      const b = blue.data[i] as number;
      // Neither holds of what is not a number.
      const known = r < REACH && r > -REACH && b < REACH && b > -REACH;
      if (!known || (outdoors && upper && isSky(r, b))) continue;
      const band = bandOf(brightness.data[i] as number, y / height);
      const row = band * SIZE + Math.round(b / CELL) + SPAN;
      const at = row * SIZE + Math.round(r / CELL) + SPAN;
      counts[at] = (counts[at] as number) + 1;
    }
  }
  return counts;
}

/**
 * A room balanced for the wrong lamp can be as blue as the sky, but then it is so all over; and the
 * view from its window is small.
 */
function isOutdoors({ width, height, red, blue }: SceneChroma): boolean {
  const pixels = width * height;
  let [sky, leaves, sunlit] = [0, 0, 0];
  for (let i = 0; i < pixels; i++) {
    const r = red.data[i] as number;
    const b = blue.data[i] as number;
    if (isSky(r, b)) sky += bandOf(1, i / pixels) === 0 ? 1 : 0;
    else if (r < LEAF_RED && b < LEAF_BLUE) leaves++;
    else if (r > SUNLIT_RED && b < SUNLIT_BLUE) sunlit++;
  }
  return sky > MIN_SKY * pixels && leaves > MIN_LEAVES * pixels && sunlit > MIN_SUNLIT * pixels;
}

function isSky(red: number, blue: number): boolean {
  return red < SKY_RED && blue > SKY_BLUE;
}
