import { describe, expect, it } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { blurBox, type Samples } from './blur-box.ts';

function samplesOf(
  width: number,
  height: number,
  valueAt: (x: number, y: number) => number,
): Samples {
  const data = Uint16Array.from({ length: width * height }, (_, i) =>
    valueAt(i % width, Math.floor(i / width)),
  );
  return { data, start: 0, step: 1, stride: width, width, height };
}

const BOX = { left: 20, top: 20, width: 60, height: 60 };

function valuesIn({ data, stride }: Samples, { left, top, width, height } = BOX): number[] {
  return Array.from({ length: width * height }, (_, i) =>
    Number(data[(top + Math.floor(i / width)) * stride + left + (i % width)]),
  );
}

describe('a blurred box', () => {
  it('is the same for pictures that differ in details only: nothing else is left of them', () => {
    const random = createRandom(1);
    const values = Array.from({ length: 100 * 100 }, () => 20_000 + random() * 20_000);
    const plain = samplesOf(100, 100, (x, y) => values[y * 100 + x] ?? 0);
    // Pixels of one cell change places; cells of the area of 74 x 74 are 7 or 8 wide.
    const shuffled = samplesOf(100, 100, (x, y) => {
      const inside = x >= 21 && x < 27 && y >= 21 && y < 27;
      return values[inside ? (47 - y) * 100 + (47 - x) : y * 100 + x] ?? 0;
    });
    expect(valuesIn(shuffled)).not.toEqual(valuesIn(plain));
    blurBox(plain, BOX);
    blurBox(shuffled, BOX);
    expect(valuesIn(shuffled)).toEqual(valuesIn(plain));
  });

  it('has no detail finer than its cells', () => {
    const stripes = samplesOf(100, 100, (x) => (x % 4 < 2 ? 10_000 : 50_000));
    blurBox(stripes, BOX);
    const values = valuesIn(stripes);
    expect(Math.max(...values) - Math.min(...values)).toBeLessThan(0.1 * 40_000);
    const steps = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? 0)));
    expect(Math.max(...steps.filter((_, i) => (i + 1) % BOX.width !== 0))).toBeLessThan(600);
  });

  it('keeps a flat area and a gentle slope', () => {
    const flat = samplesOf(100, 100, () => 30_000);
    blurBox(flat, BOX);
    expect(new Set(flat.data)).toEqual(new Set([30_000]));
    const slope = samplesOf(100, 100, (x) => 200 * x);
    blurBox(slope, BOX);
    for (let x = 40; x < 60; x++)
      expect(Math.abs((slope.data[50 * 100 + x] ?? 0) - 200 * x)).toBeLessThan(100);
  });

  it('is blurred even when it is no larger than its cells would be', () => {
    const random = createRandom(5);
    const samples = samplesOf(40, 40, () => (random() < 0.5 ? 0 : 60_000));
    const small = { left: 12, top: 12, width: 9, height: 9 };
    blurBox(samples, small);
    const values = valuesIn(samples, small);
    expect(Math.max(...values) - Math.min(...values)).toBeLessThan(25_000);
  });

  it('fades out and leaves the rest alone', () => {
    const random = createRandom(2);
    const before = samplesOf(100, 100, () => random() * 60_000);
    const after = { ...before, data: before.data.slice() };
    blurBox(after, BOX);
    for (let i = 0; i < before.data.length; i++) {
      const [x, y] = [(i % 100) + 0.5, Math.floor(i / 100) + 0.5];
      const away = Math.hypot(Math.max(0, 20 - x, x - 80), Math.max(0, 20 - y, y - 80));
      // An eighth of the box, 7.2 samples.
      if (away >= 7.2) expect(after.data[i]).toBe(before.data[i]);
    }
  });

  it.each([
    ['beyond the corner', { left: -20, top: -30, width: 40, height: 50 }],
    ['larger than the picture', { left: -50, top: -50, width: 500, height: 500 }],
    ['of one sample', { left: 10, top: 10, width: 1, height: 1 }],
    ['thinner than a sample', { left: 10.2, top: 10, width: 0.1, height: 30 }],
    ['long and low', { left: 5, top: 40, width: 90, height: 6 }],
    ['outside', { left: 200, top: 200, width: 10, height: 10 }],
  ])('may lie %s', (_name, box) => {
    const random = createRandom(3);
    const samples = samplesOf(100, 80, () => 10_000 + random() * 1000);
    blurBox(samples, box);
    expect(Math.min(...samples.data)).toBeGreaterThanOrEqual(10_000);
    expect(Math.max(...samples.data)).toBeLessThanOrEqual(11_000);
  });

  it('touches one channel of three', () => {
    const data = Uint16Array.from({ length: 30 * 30 * 3 }, (_, i) => (i * 7919) % 65_536);
    const before = data.slice();
    const samples = { data, start: 1, step: 3, stride: 90, width: 30, height: 30 };
    blurBox(samples, { left: 5, top: 5, width: 20, height: 20 });
    for (let i = 0; i < data.length; i++) if (i % 3 !== 1) expect(data[i]).toBe(before[i]);
    expect(data).not.toEqual(before);
  });
});
