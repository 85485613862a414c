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
  for (let y = 1; y + 1 < half.height; y++) {
    const row = Math.min(height - 1, y >> 1) * width;
    for (let x = 1; x + 1 < half.width; x++) {
      const at = y * half.width + x;
      const gx = 0.5 * ((half.data[at + 1] as number) - (half.data[at - 1] as number));
      const gy =
        0.5 * ((half.data[at + half.width] as number) - (half.data[at - half.width] as number));
      const into = row + Math.min(width - 1, x >> 1);
      xx.data[into] = (xx.data[into] as number) + gx * gx;
      xy.data[into] = (xy.data[into] as number) + gx * gy;
      yy.data[into] = (yy.data[into] as number) + gy * gy;
      if ((half.data[at] as number) > BRIGHT_LIMIT) clipped.data[into] = 1;
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
