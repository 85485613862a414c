import { describe, expect, it } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { createPlane, type Plane } from './picture.ts';
import { expandRow, gaussianPyramid, halved, reducePlane } from './pyramid.ts';

function filled(width: number, height: number, value: (x: number, y: number) => number): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++)
    plane.data[i] = value(i % width, Math.floor(i / width));
  return plane;
}

function expanded(coarse: Plane, width: number, height: number): Plane {
  const out = createPlane(width, height);
  const column = new Float32Array(coarse.width);
  for (let y = 0; y < height; y++)
    expandRow(coarse, y, { into: out.data.subarray(y * width, (y + 1) * width), column });
  return out;
}

describe.each([
  [16, 16],
  [17, 13],
  [1, 9],
  [5, 2],
])('a %i x %i plane', (width, height) => {
  it('halves to the rounded-up size and keeps a constant', () => {
    const half = reducePlane(filled(width, height, () => 0.37));
    expect([half.width, half.height]).toEqual([halved(width), halved(height)]);
    for (const value of half.data) expect(value).toBeCloseTo(0.37, 6);
  });

  it('expands a constant to the same constant', () => {
    const back = expanded(
      filled(halved(width), halved(height), () => 0.61),
      width,
      height,
    );
    for (const value of back.data) expect(value).toBeCloseTo(0.61, 6);
  });
});

describe('the pyramid', () => {
  it('keeps a linear ramp linear away from the borders', () => {
    const ramp = filled(32, 32, (x, y) => x * 0.02 + y * 0.01);
    const back = expanded(reducePlane(ramp), 32, 32);
    for (let y = 6; y < 24; y++)
      for (let x = 6; x < 24; x++)
        expect(back.data[y * 32 + x]).toBeCloseTo(x * 0.02 + y * 0.01, 5);
  });

  it('keeps the mean of noise from level to level', () => {
    const random = createRandom(3);
    const levels = gaussianPyramid(
      filled(128, 128, () => random()),
      4,
    );
    expect(levels.map((level) => level.width)).toEqual([128, 64, 32, 16]);
    for (const level of levels) {
      const mean = level.data.reduce((sum, value) => sum + value, 0) / level.data.length;
      expect(mean).toBeCloseTo(0.5, 1);
    }
  });
});
