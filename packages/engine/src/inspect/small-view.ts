import { createPlane, lumaOf, type Picture, type Plane } from '../pixels/picture.ts';

/** A small copy, and its luma at three degrees of smoothness. Planes are 0..1. */
export type SmallView = Layers & { readonly picture: Picture };

/** Luma, and what it consists of. */
export type Layers = {
  readonly luma: Plane;
  /** Mean over 3 x 3 pixels: without the finest detail. */
  readonly soft: Plane;
  /** That less the mean over 17 x 17 pixels: larger detail, and the sides of edges. */
  readonly band: Plane;
};

export function viewOf(copy: Picture): SmallView {
  return { picture: copy, ...layersOf(lumaOf(copy)) };
}

/** Pixels to each side that a mean reaches. */
const SOFT = 1;
const BROAD = 8;

/** Both means come from sums that run along: first those of columns, then those of rows of them. */
export function layersOf(luma: Plane): Layers {
  const { width, height } = luma;
  const [soft, band] = [createPlane(width, height), createPlane(width, height)];
  const [near, wide] = [columnSums(width, SOFT), columnSums(width, BROAD)];
  for (let y = -BROAD; y < height; y++) {
    moveDown(near, luma, y);
    moveDown(wide, luma, y);
    if (y < 0) continue;
    const [few, many] = [near.sums, wide.sums];
    const fewRows = 1 / rowsAround(y, SOFT, height);
    const manyRows = 1 / rowsAround(y, BROAD, height);
    let sum = 0;
    let broad = 0;
    for (let x = 0; x < SOFT; x++) sum += few[x + SOFT + 1] as number;
    for (let x = 0; x < BROAD; x++) broad += many[x + BROAD + 1] as number;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      sum += (few[x + 2 * SOFT + 1] as number) - (few[x] as number);
      broad += (many[x + 2 * BROAD + 1] as number) - (many[x] as number);
      const mean = sum * fewRows * (near.shares[x] as number);
      soft.data[at] = mean;
      band.data[at] = mean - broad * manyRows * (wide.shares[x] as number);
    }
  }
  return { luma, soft, band };
}

/** Sums of each column over the rows around one, with nothing beyond both ends of the row. */
type ColumnSums = {
  readonly reach: number;
  readonly sums: Float64Array;
  /** Those of them that are columns. */
  readonly columns: Float64Array;
  /** One over the columns around each. */
  readonly shares: Float64Array;
};

function columnSums(width: number, reach: number): ColumnSums {
  const sums = new Float64Array(width + 2 * reach + 1);
  const shares = new Float64Array(width);
  for (let x = 0; x < width; x++) shares[x] = 1 / rowsAround(x, reach, width);
  return { reach, sums, columns: sums.subarray(reach + 1, reach + 1 + width), shares };
}

/** Rows, or columns, within `reach` of one, itself among them. */
function rowsAround(at: number, reach: number, size: number): number {
  return Math.min(size - 1, at + reach) - Math.max(0, at - reach) + 1;
}

/** Lets the row that comes within reach of row `y` in, and the one that is left behind out. */
function moveDown({ reach, columns }: ColumnSums, { width, height, data }: Plane, y: number): void {
  const [next, last] = [y + reach, y - reach - 1];
  if (next >= 0 && next < height)
    for (let x = 0, at = next * width; x < width; x++, at++)
      columns[x] = (columns[x] as number) + (data[at] as number);
  if (last >= 0)
    for (let x = 0, at = last * width; x < width; x++, at++)
      columns[x] = (columns[x] as number) - (data[at] as number);
}
