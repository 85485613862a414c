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
  const smooth = smoothed(luma);
  const strength = new Float32Array(width * height);
  const direction = new Float32Array(2 * width * height);
  const taken = new Uint8Array(width * height).fill(1);
  const counts = new Int32Array(BINS + 1);
  for (let y = 1; y < height - 1; y++) {
    let at = y * luma.width + 1;
    let cell = y * width + 1;
    for (let x = 1; x < width - 1; x++, at++, cell++) {
      const falling = (smooth[at + luma.width + 1] as number) - (smooth[at] as number);
      const rising = (smooth[at + 1] as number) - (smooth[at + luma.width] as number);
      const gx = (falling + rising) * 0.5;
      const gy = (falling - rising) * 0.5;
      const length = Math.sqrt(gx * gx + gy * gy);
      if (length < WEAKEST) continue;
      strength[cell] = length;
      direction[2 * cell] = -gy / length;
      direction[2 * cell + 1] = gx / length;
      taken[cell] = 0;
      const bin = binOf(length);
      counts[bin] = (counts[bin] as number) + 1;
    }
  }
  return { width, height, strength, direction, taken, order: strongestFirst(strength, counts) };
}

/** Gradients above 0.5 share the first bin; nothing is gained by telling them apart. */
function binOf(length: number): number {
  return Math.max(0, BINS - 1 - Math.floor(length * 2 * BINS));
}

function strongestFirst(strength: Float32Array, counts: Int32Array): Int32Array {
  const starts = new Int32Array(BINS);
  let total = 0;
  for (let bin = 0; bin < BINS; bin++) {
    starts[bin] = total;
    total += counts[bin] as number;
  }
  const order = new Int32Array(total);
  for (let cell = 0; cell < strength.length; cell++) {
    const length = strength[cell] as number;
    if (length === 0) continue;
    const bin = binOf(length);
    const at = starts[bin] as number;
    order[at] = cell;
    starts[bin] = at + 1;
  }
  return order;
}

/** Binomial 3 x 3: takes away the staircase and most of the noise, and moves no edge. */
function smoothed({ width, height, data }: Plane): Float32Array {
  const across = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const last = row + width - 1;
    across[row] = 0.75 * (data[row] as number) + 0.25 * (data[row + 1] as number);
    for (let at = row + 1; at < last; at++)
      across[at] =
        0.25 * ((data[at - 1] as number) + (data[at + 1] as number)) + 0.5 * (data[at] as number);
    across[last] = 0.75 * (data[last] as number) + 0.25 * (data[last - 1] as number);
  }
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = y > 0 ? row - width : row;
    const below = y < height - 1 ? row + width : row;
    for (let x = 0; x < width; x++)
      out[row + x] =
        0.25 * ((across[above + x] as number) + (across[below + x] as number)) +
        0.5 * (across[row + x] as number);
  }
  return out;
}
