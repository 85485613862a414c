import { boxMean } from '../pixels/guided-filter.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';

/** Radius in pixels of the neighbourhood that is asked for texture. */
const RADIUS = 2;

/**
 * How rough the light is in its smoothest direction: the root of the smaller eigenvalue of the
 * structure tensor (Förstner & Gülch 1987), in EV per pixel. Leaves and roofs are rough in every
 * direction; a wall is in none, and a frame or the fold of a curtain is smooth along itself.
 */
export function roughness(light: Plane): Plane {
  const { width, height, data } = light;
  const across2 = createPlane(width, height);
  const product = createPlane(width, height);
  const down2 = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = Math.max(0, y - 1) * width;
    const below = Math.min(height - 1, y + 1) * width;
    for (let x = 0; x < width; x++) {
      const left = row + (x > 0 ? x - 1 : 0);
      const right = row + (x + 1 < width ? x + 1 : x);
      const across = 0.5 * ((data[right] as number) - (data[left] as number));
      const down = 0.5 * ((data[below + x] as number) - (data[above + x] as number));
      across2.data[row + x] = across * across;
      product.data[row + x] = across * down;
      down2.data[row + x] = down * down;
    }
  }
  const [xx, xy, yy] = [across2, product, down2].map((plane) => boxMean(plane, RADIUS).data);
  const rough = across2;
  if (xx === undefined || xy === undefined || yy === undefined) return rough;
  for (let i = 0; i < data.length; i++) {
    const [a, b, c] = [xx[i] as number, xy[i] as number, yy[i] as number];
    const spread = Math.sqrt((a - c) * (a - c) + 4 * b * b);
    rough.data[i] = Math.sqrt(Math.max(0, 0.5 * (a + c - spread)));
  }
  return rough;
}

/** Steepest change of light at every pixel, in EV per pixel. */
export function steepness(light: Plane): Plane {
  const { width, height, data } = light;
  const steep = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = Math.max(0, y - 1) * width;
    const below = Math.min(height - 1, y + 1) * width;
    for (let x = 0; x < width; x++) {
      const left = row + (x > 0 ? x - 1 : 0);
      const right = row + (x + 1 < width ? x + 1 : x);
      const across = 0.5 * ((data[right] as number) - (data[left] as number));
      const down = 0.5 * ((data[below + x] as number) - (data[above + x] as number));
      steep.data[row + x] = Math.sqrt(across * across + down * down);
    }
  }
  return steep;
}

/** Length in pixels of the lines that are followed. */
const LENGTH = 8;

/** Steps along which a glazing bar may run: upright and level, and leaning as in perspective. */
const STEPS = [0, 1 / 6, -1 / 6, 1 / 3, -1 / 3].flatMap((lean) => [
  [1, lean] as const,
  [lean, 1] as const,
]);

/**
 * Whether light stays the same along some straight line through a pixel, to one side or to both: so it
 * is on glazing bars, however close the edges beside them are, but not in foliage.
 * @param limit mean change in EV per pixel
 */
export function isStraight(light: Plane, at: number, limit: number): boolean {
  const x = at % light.width;
  const y = (at - x) / light.width;
  for (const [across, down] of STEPS) {
    const ahead = changeAlong(light, [x, y], [across, down]);
    const back = changeAlong(light, [x, y], [-across, -down]);
    if (Math.min(ahead, back, (ahead + back) / 2) < limit) return true;
  }
  return false;
}

function changeAlong(
  { width, height, data }: Plane,
  [x, y]: readonly [number, number],
  [across, down]: readonly [number, number],
): number {
  const [endX, endY] = [Math.round(x + LENGTH * across), Math.round(y + LENGTH * down)];
  if (endX < 0 || endY < 0 || endX >= width || endY >= height) return Number.POSITIVE_INFINITY;
  let last = data[y * width + x] as number;
  let sum = 0;
  for (let i = 1; i <= LENGTH; i++) {
    const value = data[Math.round(y + i * down) * width + Math.round(x + i * across)] as number;
    sum += Math.abs(value - last);
    last = value;
  }
  return sum / LENGTH;
}
