import { describe, expect, it } from 'vitest';
import type { Picture } from '../pixels/picture.ts';
import { linearToSrgb } from '../pixels/srgb.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { renderInterior } from '../testing/interior.ts';
import { createRandom } from '../testing/random.ts';
import { estimateCast, type LightColor } from './estimate-cast.ts';

/** The synthetic room under a coloured light, exposed for the room. */
function roomUnder(light: LightColor): Picture {
  const { width, height, radiance } = renderInterior(240, 160, 2);
  return pictureOf(width, height, (x, y) => {
    const at = (y * width + x) * 3;
    return [0, 1, 2].map((c) =>
      linearToSrgb(Math.min(1, (radiance[at + c] as number) * (light[c] as number) * 1.5)),
    ) as [number, number, number];
  });
}

/** Angle between two light colours in degrees, the usual error measure of colour constancy. */
function angle(a: LightColor, b: LightColor): number {
  const dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  return (Math.acos(Math.min(1, dot / (Math.hypot(...a) * Math.hypot(...b)))) * 180) / Math.PI;
}

const LIGHTS: readonly LightColor[] = [
  [1, 1, 1],
  [1.3, 1, 0.72],
  [1.15, 1, 0.85],
  [0.82, 1, 1.25],
  [0.9, 1, 0.9],
  [1.05, 1, 1.12],
];

describe('estimating the light', () => {
  const neutral = estimateCast(roomUnder([1, 1, 1]));

  it('finds a neutral room neutral', () => {
    expect(angle(neutral.light, [1, 1, 1])).toBeLessThan(2);
    expect(neutral.confidence).toBeGreaterThan(0.5);
  });

  it.each(LIGHTS)('finds a light of %f %f %f', (...light) => {
    expect(angle(estimateCast(roomUnder(light)).light, light)).toBeLessThan(3);
  });

  it('has no opinion on a picture that is all black or all white', () => {
    for (const value of [0, 1])
      expect(estimateCast(pictureOf(64, 64, () => [value, value, value]))).toEqual({
        light: [1, 1, 1],
        confidence: 0,
        uniformity: 1,
      });
  });

  it('knows a single painted wall from a room of many surfaces', () => {
    const random = createRandom(3);
    const wall = estimateCast(
      pictureOf(120, 120, () => {
        const grain = 0.98 + 0.04 * random();
        return [0.75 * grain, 0.7 * grain, 0.6 * grain];
      }),
    );
    expect(wall.uniformity).toBeGreaterThan(0.75);
    expect(estimateCast(roomUnder([1.3, 1, 0.72])).uniformity).toBeLessThan(0.5);
  });

  it('does not take a large wooden floor for the light', () => {
    const random = createRandom(5);
    const room = pictureOf(120, 120, (_x, y) => {
      const grain = 0.9 + 0.2 * random();
      return y < 55
        ? [0.8 * grain, 0.8 * grain, 0.8 * grain]
        : [0.62 * grain, 0.42 * grain, 0.25 * grain];
    });
    expect(angle(estimateCast(room).light, [1, 1, 1])).toBeLessThan(2.5);
  });
});
