import { LUMA_B, LUMA_G, LUMA_R } from '../../../packages/engine/src/pixels/picture.ts';
import type { Bracket } from './scenes.ts';

/** Pixels to each side that count as the same place. */
const RADIUS = 2;

/** Share of the whole range by which a value may leave that of its exposures. */
const SLACK = 0.02;

/**
 * Percent of pixels whose luma is darker or brighter than any exposure within two pixels, by more
 * than 2 % of the range: halos and other values that no photo of the place ever had.
 */
export function outOfRange(bracket: Bracket, fused: Uint8Array): number {
  const { width, height, exposures } = bracket;
  const lumas = exposures.map(lumaOf);
  const count = width * height;
  const [lowest, highest] = [new Float32Array(count).fill(1), new Float32Array(count)];
  for (const luma of lumas) {
    for (let i = 0; i < count; i++) {
      lowest[i] = Math.min(lowest[i] as number, luma[i] as number);
      highest[i] = Math.max(highest[i] as number, luma[i] as number);
    }
  }
  const size = { width, height };
  const [low, high] = [around(lowest, size, Math.min), around(highest, size, Math.max)];
  const result = lumaOf(fused);
  let outside = 0;
  for (let i = 0; i < count; i++) {
    const value = result[i] as number;
    if (value < (low[i] as number) - SLACK || value > (high[i] as number) + SLACK) outside++;
  }
  return (100 * outside) / count;
}

function lumaOf(codes: Uint8Array): Float32Array {
  return Float32Array.from({ length: codes.length / 3 }, (_, i) => {
    const [red, green, blue] = [codes[3 * i], codes[3 * i + 1], codes[3 * i + 2]] as [
      number,
      number,
      number,
    ];
    return (LUMA_R * red + LUMA_G * green + LUMA_B * blue) / 255;
  });
}

/** The smallest or largest value within the radius. */
function around(
  values: Float32Array,
  { width, height }: { width: number; height: number },
  pick: (a: number, b: number) => number,
): Float32Array {
  const rows = Float32Array.from(values, (start, i) => {
    const x = i % width;
    let value = start;
    for (let dx = Math.max(-RADIUS, -x); dx <= Math.min(RADIUS, width - 1 - x); dx++)
      value = pick(value, values[i + dx] as number);
    return value;
  });
  return Float32Array.from(rows, (start, i) => {
    const y = Math.floor(i / width);
    let value = start;
    for (let dy = Math.max(-RADIUS, -y); dy <= Math.min(RADIUS, height - 1 - y); dy++)
      value = pick(value, rows[i + dy * width] as number);
    return value;
  });
}
