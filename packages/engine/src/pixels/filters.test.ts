import { describe, expect, it } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { boxMean } from './box-mean.ts';
import { createEnlarger } from './enlarge.ts';
import { percentile } from './measure.ts';
import { createPlane, type Plane } from './picture.ts';
import { linearToSrgb, srgbToLinear } from './srgb.ts';

function filled(width: number, height: number, value: (x: number, y: number) => number): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++)
    plane.data[i] = value(i % width, Math.floor(i / width));
  return plane;
}

describe('box mean', () => {
  it.each([1, 4, 30])('equals the plain sum, borders included (radius %i)', (radius) => {
    const random = createRandom(radius);
    const plane = filled(23, 17, () => random());
    const mean = boxMean(plane, radius);
    for (const [x, y] of [
      [0, 0],
      [22, 16],
      [11, 8],
      [1, 15],
    ] as const) {
      let [sum, count] = [0, 0];
      for (let j = Math.max(0, y - radius); j <= Math.min(16, y + radius); j++) {
        for (let i = Math.max(0, x - radius); i <= Math.min(22, x + radius); i++, count++)
          sum += plane.data[j * 23 + i] as number;
      }
      expect(mean.data[y * 23 + x]).toBeCloseTo(sum / count, 5);
    }
  });
});

describe('enlarging', () => {
  it('keeps constants and continues a ramp between pixel centres', () => {
    const into = new Float32Array(90);
    createEnlarger(
      filled(9, 5, () => 0.3),
      90,
      50,
    )(17, into);
    for (const value of into) expect(value).toBeCloseTo(0.3, 6);
    createEnlarger(
      filled(9, 5, (x) => x),
      90,
      50,
    )(17, into);
    expect(into[45]).toBeCloseTo(4.05, 3);
    expect([into[0], into[89]]).toEqual([0, 8]);
  });
});

describe('enlarging a plane of a single column or row', () => {
  it.each([
    [1, 1250],
    [1250, 1],
    [1, 1],
  ])('%i x %i has a value everywhere', (w, h) => {
    const into = new Float32Array(16);
    const read = createEnlarger(
      filled(w, h, () => 0.4),
      16,
      16,
    );
    for (let y = 0; y < 16; y++) {
      read(y, into);
      for (const value of into) expect(value).toBeCloseTo(0.4, 6);
    }
  });
});

describe('small tools', () => {
  it('percentile interpolates inside a bin and handles nothing', () => {
    expect(percentile(Uint32Array.of(0, 10, 10, 0), 0.5)).toBeCloseTo(2, 6);
    expect(percentile(Uint32Array.of(0, 10, 10, 0), 0.75)).toBeCloseTo(2.5, 6);
    expect(percentile(new Uint32Array(4), 0.5)).toBe(0);
  });

  it('sRGB goes there and back', () => {
    for (let i = 0; i <= 20; i++) expect(linearToSrgb(srgbToLinear(i / 20))).toBeCloseTo(i / 20, 9);
    expect(srgbToLinear(0.5)).toBeCloseTo(0.214, 4);
  });
});
