import { createPicture, type Picture } from '../pixels/picture.ts';
import { linearToSrgb, srgbToLinear } from '../pixels/srgb.ts';
import { type Geometry, type Lens, sourceOf } from './geometry.ts';

/**
 * Takes the picture through the geometry with one Catmull-Rom resample (Keys 1981, a = -0.5), beyond its
 * edges as at the edge. The plain reference of the full-size kernel.
 */
export function warpPicture(picture: Picture, geometry: Geometry): Picture {
  const out = createPicture(geometry.width, geometry.height);
  const { lens } = geometry;
  const colours = lens === null ? [1, 1, 1] : [1 + lens.red, 1, 1 + lens.blue];
  let at = 0;
  for (let y = 0; y < out.height; y++) {
    for (let x = 0; x < out.width; x++) {
      const [u, v] = sourceOf(geometry, x + 0.5, y + 0.5);
      const gain = lens === null ? 1 : 1 / brightness(lens, u, v);
      for (let channel = 0; channel < 3; channel++) {
        const scale = colours[channel] as number;
        const [sx, sy] =
          lens === null || scale === 1
            ? [u, v]
            : [
                lens.centreX + (u - lens.centreX) * scale,
                lens.centreY + (v - lens.centreY) * scale,
              ];
        const value = sample(picture, { x: sx, y: sy, channel });
        out.data[at++] = gain === 1 ? value : brighten(value, gain);
      }
    }
  }
  return out;
}

/** Share of the axis' light that arrives at a point of the picture. */
export function brightness(lens: Lens, x: number, y: number): number {
  const [a, b, c] = lens.vignette;
  if (a === 0 && b === 0 && c === 0) return 1;
  const dx = (x - lens.centreX) / lens.radius;
  const dy = (y - lens.centreY) / lens.radius;
  const square = dx * dx + dy * dy;
  return 1 + square * (a + square * (b + square * c));
}

/** Gains belong to linear light; values are sRGB-encoded. */
function brighten(value: number, gain: number): number {
  return Math.min(65535, Math.round(linearToSrgb(srgbToLinear(value / 65535) * gain) * 65535));
}

/** One channel (0..65535, rounded) at a point of the picture. */
export function sample(
  { width, height, data }: Picture,
  at: { readonly x: number; readonly y: number; readonly channel: number },
): number {
  const x = at.x - 0.5;
  const y = at.y - 0.5;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const across = weights(x - left);
  const down = weights(y - top);
  let sum = 0;
  for (let j = 0; j < 4; j++) {
    const row = clampTo(top - 1 + j, height) * width;
    let part = 0;
    for (let i = 0; i < 4; i++)
      part +=
        (across[i] as number) *
        (data[(row + clampTo(left - 1 + i, width)) * 3 + at.channel] as number);
    sum += part * (down[j] as number);
  }
  return Math.min(65535, Math.max(0, Math.round(sum)));
}

function clampTo(index: number, size: number): number {
  return index < 0 ? 0 : index >= size ? size - 1 : index;
}

/** Catmull-Rom weights of the four pixels around a point `t` (0..1) after the second. */
export function weights(t: number): [number, number, number, number] {
  const square = t * t;
  const cube = square * t;
  return [
    -0.5 * cube + square - 0.5 * t,
    1.5 * cube - 2.5 * square + 1,
    -1.5 * cube + 2 * square + 0.5 * t,
    0.5 * cube - 0.5 * square,
  ];
}
