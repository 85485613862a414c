import { createPlane, type Plane } from '../pixels/picture.ts';
import { slideBoxes } from './slide-boxes.ts';

/** Coefficients of mask = viewSlope * Y of the view + roomSlope * Y of the room + base, per pixel. */
export type MaskCoefficients = {
  readonly viewSlope: Plane;
  readonly roomSlope: Plane;
  readonly base: Plane;
};

/**
 * Guided filter with two guides (He, Sun & Tang, "Guided Image Filtering", PAMI 2013, eq. 19 with two
 * channels): in every small window the mask is explained as a linear mix of both pictures. Found on
 * small pictures and applied to large ones the mask keeps the edges of both: where the bright view
 * ends against a frame, and where a lit leaf stands before a dark view.
 * @param radius of the windows in pixels
 * @param epsilon variance that counts as noise rather than edge
 */
export function guideMask(
  mask: Plane,
  guides: Guides,
  { radius, epsilon }: { readonly radius: number; readonly epsilon: number },
): MaskCoefficients {
  const { width, height } = mask;
  const create = () => createPlane(width, height);
  const found = { viewSlope: create(), roomSlope: create(), base: create() };
  slideBoxes({
    ...{ width, height, radius, planes: MOMENTS },
    addRow: (y, sums, sign) => addMoments({ mask, ...guides }, y, { sums, sign }),
    takeRow: (y, means) => solveRow(means, epsilon, { ...found, from: y * width, width }),
  });
  const coefficients = { viewSlope: create(), roomSlope: create(), base: create() };
  const [from, into] = [Object.values(found), Object.values(coefficients)];
  slideBoxes({
    ...{ width, height, radius, planes: from.length },
    addRow: (y, sums, sign) => {
      for (let k = 0; k < from.length; k++)
        addTo(sums, k * width, { values: (from[k] as Plane).data, from: y * width, width, sign });
    },
    takeRow: (y, means) => {
      for (let k = 0; k < into.length; k++)
        (into[k] as Plane).data.set(means.subarray(k * width, (k + 1) * width), y * width);
    },
  });
  return coefficients;
}

type Guides = { readonly view: Plane; readonly room: Plane };

/** Means of the mask and both guides, of the guides' squares and product, and of mask times guide. */
const MOMENTS = 8;

type Sums = { readonly sums: Float64Array; readonly sign: 1 | -1 };

/** Products are rounded so that sums come back to exactly 0. */
function addMoments(
  { mask, view, room }: Guides & { readonly mask: Plane },
  y: number,
  { sums, sign }: Sums,
): void {
  const { width } = mask;
  const row = y * width;
  for (let x = 0; x < width; x++) {
    const m = sign * (mask.data[row + x] as number);
    const v = view.data[row + x] as number;
    const r = room.data[row + x] as number;
    const last = 7 * width + x;
    sums[x] = (sums[x] as number) + m;
    sums[width + x] = (sums[width + x] as number) + sign * v;
    sums[2 * width + x] = (sums[2 * width + x] as number) + sign * r;
    sums[3 * width + x] = (sums[3 * width + x] as number) + sign * Math.fround(v * v);
    sums[4 * width + x] = (sums[4 * width + x] as number) + sign * Math.fround(r * r);
    sums[5 * width + x] = (sums[5 * width + x] as number) + sign * Math.fround(v * r);
    sums[last - width] = (sums[last - width] as number) + Math.fround(m * v);
    sums[last] = (sums[last] as number) + Math.fround(m * r);
  }
}

/** Each coefficient from its index `from` on. */
function solveRow(
  means: Float64Array,
  epsilon: number,
  {
    viewSlope,
    roomSlope,
    base,
    from,
    width,
  }: MaskCoefficients & { readonly from: number; readonly width: number },
): void {
  for (let x = 0; x < width; x++) {
    const m = means[x] as number;
    const v = means[width + x] as number;
    const r = means[2 * width + x] as number;
    const varView = (means[3 * width + x] as number) - v * v + epsilon;
    const varRoom = (means[4 * width + x] as number) - r * r + epsilon;
    const both = (means[5 * width + x] as number) - v * r;
    const withView = (means[6 * width + x] as number) - m * v;
    const withRoom = (means[7 * width + x] as number) - m * r;
    const determinant = varView * varRoom - both * both;
    const a = (withView * varRoom - withRoom * both) / determinant;
    const b = (withRoom * varView - withView * both) / determinant;
    viewSlope.data[from + x] = a;
    roomSlope.data[from + x] = b;
    base.data[from + x] = m - a * v - b * r;
  }
}

type Row = {
  readonly values: Float32Array;
  readonly from: number;
  readonly width: number;
  readonly sign: 1 | -1;
};

function addTo(sums: Float64Array, into: number, { values, from, width, sign }: Row): void {
  for (let x = 0; x < width; x++)
    sums[into + x] = (sums[into + x] as number) + sign * (values[from + x] as number);
}
