import type { Plane } from '../pixels/picture.ts';

/** Gradients between the pixels of a picture: cell (i, j) lies on the corner (i + 1, j + 1). */
export type GradientField = {
  readonly width: number;
  readonly height: number;
  /** Length of the gradient, luma per pixel. */
  readonly strength: Float32Array;
  /** Unit direction of the edge, a quarter turn from the gradient: x and y of each cell. */
  readonly direction: Float32Array;
  /** 0: free, 1: belongs to a segment, is too weak to have a direction, or lies on the rim. */
  readonly taken: Uint8Array;
  /** Cells with a direction, the strongest first. */
  readonly order: Int32Array;
};

/** Weaker gradients than this have no reliable direction: about 4 of 255 levels per pixel. */
const WEAKEST = 0.016;

const BINS = 512;

/** Gradients of the slightly smoothed luma, on 2 x 2 pixels as the paper has it. */
export function gradientField(luma: Plane): GradientField {
  const width = luma.width - 1;
  const height = luma.height - 1;
  const strength = new Float32Array(width * height);
  const direction = new Float32Array(2 * width * height);
  const taken = new Uint8Array(width * height).fill(1);
  const strong = new Int32Array(width * height);
  let count = 0;
  let upper = new Float32Array(luma.width);
  let lower = new Float32Array(luma.width);
  const smooth = smoother(luma);
  smooth(1, lower);
  for (let y = 1; y < height - 1; y++) {
    [upper, lower] = [lower, upper];
    smooth(y + 1, lower);
    let cell = y * width + 1;
    for (let x = 1; x < width - 1; x++, cell++) {
      const falling = (lower[x + 1] as number) - (upper[x] as number);
      const rising = (upper[x + 1] as number) - (lower[x] as number);
      // Of the gradient, half the sum and half the difference of both.
      const square = (falling * falling + rising * rising) * 0.5;
      if (square < WEAKEST * WEAKEST) continue;
      const length = Math.sqrt(square);
      strength[cell] = length;
      direction[2 * cell] = (-0.5 * (falling - rising)) / length;
      direction[2 * cell + 1] = (0.5 * (falling + rising)) / length;
      taken[cell] = 0;
      strong[count++] = cell;
    }
  }
  const order = strongestFirst(strength, strong.subarray(0, count));
  return { width, height, strength, direction, taken, order };
}

/** Gradients above 0.5 share the first bin; nothing is gained by telling them apart. */
function binOf(length: number): number {
  return Math.max(0, BINS - 1 - Math.floor(length * 2 * BINS));
}

/** By bins; within one in the order of `cells`. */
function strongestFirst(strength: Float32Array, cells: Int32Array): Int32Array {
  const starts = new Int32Array(BINS + 1);
  for (let i = 0; i < cells.length; i++) {
    const after = binOf(strength[cells[i] as number] as number) + 1;
    starts[after] = (starts[after] as number) + 1;
  }
  for (let bin = 0; bin < BINS; bin++)
    starts[bin + 1] = (starts[bin + 1] as number) + (starts[bin] as number);
  const order = new Int32Array(cells.length);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as number;
    const bin = binOf(strength[cell] as number);
    const at = starts[bin] as number;
    order[at] = cell;
    starts[bin] = at + 1;
  }
  return order;
}

/** Binomial 3 x 3, row by row: takes away the staircase and most of the noise, and moves no edge. */
function smoother({ width, height, data }: Plane): (y: number, into: Float32Array) => void {
  const column = new Float32Array(width);
  return (y, into) => {
    const row = y * width;
    const above = y > 0 ? row - width : row;
    const below = y < height - 1 ? row + width : row;
    for (let x = 0; x < width; x++)
      column[x] =
        0.25 * ((data[above + x] as number) + (data[below + x] as number)) +
        0.5 * (data[row + x] as number);
    const last = width - 1;
    into[0] = 0.75 * (column[0] as number) + 0.25 * (column[1] as number);
    for (let x = 1; x < last; x++)
      into[x] =
        0.25 * ((column[x - 1] as number) + (column[x + 1] as number)) +
        0.5 * (column[x] as number);
    into[last] = 0.75 * (column[last] as number) + 0.25 * (column[last - 1] as number);
  };
}
