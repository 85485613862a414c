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
  const width = Math.max(1, half.width >> 1);
  const height = Math.max(1, half.height >> 1);
  const [xx, xy, yy] = [
    createPlane(width, height),
    createPlane(width, height),
    createPlane(width, height),
  ];
  const clipped = createPlane(width, height);
  const { data } = half;
  for (let y = 0, into = 0; y < height; y++) {
    for (let x = 0; x < width; x++, into++) {
      let sumXX = 0;
      let sumXY = 0;
      let sumYY = 0;
      let brightest = 0;
      for (let j = Math.max(1, 2 * y); j <= Math.min(half.height - 2, 2 * y + 1); j++) {
        for (let i = Math.max(1, 2 * x); i <= Math.min(half.width - 2, 2 * x + 1); i++) {
          const at = j * half.width + i;
          const gx = (data[at + 1] as number) - (data[at - 1] as number);
          const gy = (data[at + half.width] as number) - (data[at - half.width] as number);
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
  const sums = { xx: boxMean(xx, RADIUS), xy: boxMean(xy, RADIUS), yy: boxMean(yy, RADIUS) };
  const touched = boxMean(clipped, RADIUS);
  const [plane, withClipped] = [createPlane(width, height), createPlane(width, height)];
  // Four gradients a pixel, each from two means of four pixels: noise alone gives 4 * noise^2 / 8.
  const unit = 1 / (0.5 * noise * noise);
  for (let i = 0; i < plane.data.length; i++) {
    const [a, b, c] = [
      sums.xx.data[i] as number,
      sums.xy.data[i] as number,
      sums.yy.data[i] as number,
    ];
    const root = Math.sqrt((a - c) ** 2 + 4 * b * b);
    const texture = unit * 0.5 * (a + c - root + EDGE_SHARE * (a + c + root));
    withClipped.data[i] = texture;
    if ((touched.data[i] as number) < 1e-6) plane.data[i] = texture;
  }
  return { plane, withClipped, factor: FACTOR };
}
