import { boxMean } from '../pixels/guided-filter.ts';
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

function tensorsOf({ width: wide, height: high, data }: Plane): Tensors {
  const [width, height] = [Math.max(1, wide >> 1), Math.max(1, high >> 1)];
  const [xx, xy, yy] = [
    createPlane(width, height),
    createPlane(width, height),
    createPlane(width, height),
  ];
  const clipped = createPlane(width, height);
  for (let y = 0, into = 0; y < height; y++) {
    // The outermost pixels have no neighbour on one side.
    const top = Math.max(1, 2 * y) * wide;
    const bottom = Math.min(high - 2, 2 * y + 1) * wide;
    for (let x = 0; x < width; x++, into++) {
      const left = x === 0 ? 1 : 2 * x;
      const right = 2 * x + 1 < wide - 1 ? 2 * x + 1 : wide - 2;
      let sumXX = 0;
      let sumXY = 0;
      let sumYY = 0;
      let brightest = 0;
      for (let row = top; row <= bottom; row += wide) {
        for (let at = row + left; at <= row + right; at++) {
          const gx = (data[at + 1] as number) - (data[at - 1] as number);
          const gy = (data[at + wide] as number) - (data[at - wide] as number);
          sumXX += gx * gx;
          sumXY += gx * gy;
          sumYY += gy * gy;
          const value = data[at] as number;
          if (value > brightest) brightest = value;
        }
      }
      xx.data[into] = 0.25 * sumXX;
      xy.data[into] = 0.25 * sumXY;
      yy.data[into] = 0.25 * sumYY;
      if (brightest > BRIGHT_LIMIT) clipped.data[into] = 1;
    }
  }
  return { xx, xy, yy, clipped };
}
