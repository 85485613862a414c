import { createPlane, type Plane } from '../pixels/picture.ts';
import { slideBoxes } from './slide-boxes.ts';

/** Radius in pixels of the neighbourhood that is asked for texture. */
const RADIUS = 2;

/**
 * How rough the light is in its smoothest direction: the root of the smaller eigenvalue of the
 * structure tensor (Förstner & Gülch 1987), in EV per pixel. Leaves and roofs are rough in every
 * direction; a wall is in none, and a frame or the fold of a curtain is smooth along itself.
 */
export function roughness(light: Plane): Plane {
  const { width, height } = light;
  const rough = createPlane(width, height);
  slideBoxes({
    ...{ width, height, radius: RADIUS, planes: 3 },
    addRow: (y, sums, sign) => addTensors(light, y, { sums, sign }),
    takeRow: (y, means) => {
      const row = y * width;
      for (let x = 0; x < width; x++) {
        const a = means[x] as number;
        const b = means[width + x] as number;
        const c = means[2 * width + x] as number;
        const spread = Math.sqrt((a - c) * (a - c) + 4 * b * b);
        rough.data[row + x] = Math.sqrt(Math.max(0, 0.5 * (a + c - spread)));
      }
    },
  });
  return rough;
}

type Sums = { readonly sums: Float64Array; readonly sign: 1 | -1 };

/** Squares and product of the changes across and down, rounded so that sums come back to exactly 0. */
function addTensors({ width, height, data }: Plane, y: number, { sums, sign }: Sums): void {
  const row = y * width;
  const above = Math.max(0, y - 1) * width;
  const below = Math.min(height - 1, y + 1) * width;
  for (let x = 0; x < width; x++) {
    const left = row + (x > 0 ? x - 1 : 0);
    const right = row + (x + 1 < width ? x + 1 : x);
    const across = 0.5 * ((data[right] as number) - (data[left] as number));
    const down = 0.5 * ((data[below + x] as number) - (data[above + x] as number));
    sums[x] = (sums[x] as number) + sign * Math.fround(across * across);
    sums[width + x] = (sums[width + x] as number) + sign * Math.fround(across * down);
    sums[2 * width + x] = (sums[2 * width + x] as number) + sign * Math.fround(down * down);
  }
}

/** Steepest change of light at a pixel, in EV per pixel. */
export function steepnessAt({ width, height, data }: Plane, at: number): number {
  const x = at % width;
  const left = data[x > 0 ? at - 1 : at] as number;
  const right = data[x + 1 < width ? at + 1 : at] as number;
  const above = data[at >= width ? at - width : at] as number;
  const below = data[at + width < width * height ? at + width : at] as number;
  const [across, down] = [0.5 * (right - left), 0.5 * (below - above)];
  return Math.sqrt(across * across + down * down);
}

/** Length in pixels of the lines that are followed. */
const LENGTH = 8;

/** Lines along which a glazing bar may run: upright and level, and leaning as in perspective. */
const LINES = [0, 1 / 6, -1 / 6, 1 / 3, -1 / 3].flatMap((lean) =>
  [
    [1, lean],
    [lean, 1],
  ].map(([across = 0, down = 0]) =>
    Array.from({ length: LENGTH }, (_, i) => [
      Math.round((i + 1) * across),
      Math.round((i + 1) * down),
    ]),
  ),
);

/** What a plane's indices change by along the lines, step after step and line after line. */
function stepsFor(width: number): Int32Array {
  return Int32Array.from(LINES.flat(), ([across = 0, down = 0]) => down * width + across);
}

/**
 * Tells whether light stays the same along some straight line through a pixel, to one side or to both:
 * so it is on glazing bars, however close the edges beside them are, but not in foliage. Pixels near
 * the border of the plane are never straight.
 * @param limit mean change in EV per pixel
 */
export function createStraightness(
  { width, height, data }: Plane,
  limit: number,
): (at: number) => boolean {
  const steps = stepsFor(width);
  const most = limit * LENGTH;
  return (at) => {
    const x = at % width;
    const y = (at - x) / width;
    if (x < LENGTH || y < LENGTH || x >= width - LENGTH || y >= height - LENGTH) return false;
    for (let line = 0; line < steps.length; line += LENGTH) {
      let [ahead, back] = [0, 0];
      let lastAhead = data[at] as number;
      let lastBack = lastAhead;
      for (let i = line; i < line + LENGTH && (ahead < 2 * most || back < 2 * most); i++) {
        const step = steps[i] as number;
        const [next, previous] = [data[at + step] as number, data[at - step] as number];
        ahead += Math.abs(next - lastAhead);
        back += Math.abs(previous - lastBack);
        lastAhead = next;
        lastBack = previous;
      }
      if (ahead < most || back < most || ahead + back < 2 * most) return true;
    }
    return false;
  };
}
