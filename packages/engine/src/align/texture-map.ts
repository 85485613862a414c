import { boxMean } from '../pixels/box-mean.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';

/**
 * Where an exposure has something to hold on to: the smaller eigenvalue of the structure tensor (Shi &
 * Tomasi, "Good Features to Track", CVPR 1994) with a share of the larger one, in units of noise.
 * 0 near clipped pixels: light spills over their edges, the more the longer the exposure.
 */
export type TextureMap = {
  readonly plane: Plane;
  /** The same with clipped places, for exposures that have hardly any others in common. */
  readonly withClipped: Plane;
  /** Overview pixels per pixel of the map. */
  readonly factor: number;
};

const FACTOR = 4;

/** Luma (0..1) from here on may be clipped. */
const BRIGHT_LIMIT = 0.965;

/** Half the window the tensor is summed over, in pixels of the map: 5 x 5 are 20 x 20 of the overview. */
const RADIUS = 2;

/** Edges tell one direction only, but a room has many: they count this much. */
const EDGE_SHARE = 0.1;

/** @param half the overview's luma, halved; `noise` as in the overview */
export function textureMap(half: Plane, noise: number): TextureMap {
  const { xx, xy, yy, clipped } = tensorsOf(half);
  const { width, height } = xx;
  const sums = [boxMean(xx, RADIUS).data, boxMean(xy, RADIUS).data, boxMean(yy, RADIUS).data];
  const [sumXX, sumXY, sumYY] = sums as [Float32Array, Float32Array, Float32Array];
  const touched = boxMean(clipped, RADIUS).data;
  const [plane, withClipped] = [createPlane(width, height), createPlane(width, height)];
  // Four gradients a pixel, each from two means of four pixels: noise alone gives 4 * noise^2 / 8.
  const unit = 1 / (0.5 * noise * noise);
  for (let i = 0; i < touched.length; i++) {
    const a = sumXX[i] as number;
    const b = sumXY[i] as number;
    const c = sumYY[i] as number;
    const root = Math.sqrt((a - c) * (a - c) + 4 * b * b);
    const texture = unit * 0.5 * (a + c - root + EDGE_SHARE * (a + c + root));
    withClipped.data[i] = texture;
    if ((touched[i] as number) < 1e-6) plane.data[i] = texture;
  }
  return { plane, withClipped, factor: FACTOR };
}

/** Products of gradients, and 1 where a pixel may be clipped; each the mean or the most of 2 x 2 pixels. */
type Tensors = {
  readonly xx: Plane;
  readonly xy: Plane;
  readonly yy: Plane;
  readonly clipped: Plane;
};

/** On the rim, where no block fits, they are left out. */
function tensorsOf({ width: wide, height: high, data }: Plane): Tensors {
  const [width, height] = [Math.max(1, wide >> 1), Math.max(1, high >> 1)];
  const [xx, xy, yy] = [
    createPlane(width, height),
    createPlane(width, height),
    createPlane(width, height),
  ];
  const clipped = createPlane(width, height);
  for (let y = 1; y < height - 1; y++) {
    let above = (2 * y - 1) * wide + 2;
    for (let into = y * width + 1; into < (y + 1) * width - 1; into++, above += 2) {
      const upper = above + wide;
      const lower = upper + wide;
      const below = lower + wide;
      const a = data[upper] as number;
      const b = data[upper + 1] as number;
      const c = data[lower] as number;
      const d = data[lower + 1] as number;
      const ax = b - (data[upper - 1] as number);
      const bx = (data[upper + 2] as number) - a;
      const cx = d - (data[lower - 1] as number);
      const dx = (data[lower + 2] as number) - c;
      const ay = c - (data[above] as number);
      const by = d - (data[above + 1] as number);
      const cy = (data[below] as number) - a;
      const dy = (data[below + 1] as number) - b;
      xx.data[into] = 0.25 * (ax * ax + bx * bx + cx * cx + dx * dx);
      xy.data[into] = 0.25 * (ax * ay + bx * by + cx * cy + dx * dy);
      yy.data[into] = 0.25 * (ay * ay + by * by + cy * cy + dy * dy);
      if (a > BRIGHT_LIMIT || b > BRIGHT_LIMIT || c > BRIGHT_LIMIT || d > BRIGHT_LIMIT)
        clipped.data[into] = 1;
    }
  }
  return { xx, xy, yy, clipped };
}
