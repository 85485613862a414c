import { describe, expect, it } from 'vitest';
import { movedPlaces } from './moved-places.ts';
import type { SmallExposure } from './small-exposure.ts';

const [width, height] = [48, 40];

/** Grey from a function of the place, 0..1023. */
function exposureOf(value: (x: number, y: number) => number, channels = [1, 1, 1]): SmallExposure {
  const planes = channels.map((factor) =>
    Uint16Array.from({ length: width * height }, (_, i) =>
      Math.min(1023, Math.round(factor * value(i % width, Math.floor(i / width)))),
    ),
  );
  return { width, height, channels: planes as [Uint16Array, Uint16Array, Uint16Array] };
}

const edges: Record<string, (x: number, y: number) => number> = {
  level: (_, y) => (y < 20 ? 200 : 600),
  hanging: (_, y) => (y < 20 ? 600 : 200),
  corner: (x, y) => (x < 24 && y < 20 ? 600 : 200),
  notch: (x, y) => (x < 24 && y < 20 ? 200 : 600),
  upright: (x) => (x < 24 ? 600 : 200),
};

describe('places that moved', () => {
  it.each([
    ['level', 0, 1],
    ['level', 0, -1],
    ['corner', 1, 1],
    ['corner', -1, -1],
    ['notch', 1, 1],
    ['notch', -1, -1],
    ['hanging', 0, 1],
    ['hanging', 0, -1],
    ['upright', 1, 0],
    ['upright', -1, 0],
  ])('are not a %s edge that lies %i, %i pixels off', (name, dx, dy) => {
    const edge = edges[name] as (x: number, y: number) => number;
    const pair = [exposureOf(edge), exposureOf((x, y) => 1.5 * edge(x - dx, y - dy))];
    expect(Math.max(...movedPlaces(pair))).toBe(0);
  });

  it.each([
    ['level', 0, 3, 24, 21],
    ['upright', -3, 0, 22, 10],
  ])('are a %s edge that lies %i, %i pixels off', (name, dx, dy, x, y) => {
    const edge = edges[name] as (x: number, y: number) => number;
    const pair = [exposureOf(edge), exposureOf((u, v) => 1.5 * edge(u - dx, v - dy))];
    const moved = movedPlaces(pair);
    // 900 is expected and 300 is seen: 600 apart, less the tolerance of 24.
    expect(moved[y * width + x]).toBeGreaterThan(550);
    expect(moved[y * width + x]).toBeLessThan(600);
    expect(moved[5 * width + 5]).toBe(0);
  });

  it('are none where only one channel goes another way', () => {
    const spot = (x: number, y: number): boolean => x > 10 && x < 20 && y > 10 && y < 20;
    const plain = exposureOf(() => 300);
    const strange = (factors: number[]): SmallExposure => {
      const brighter = exposureOf(() => 450);
      for (const [channel, factor] of factors.entries())
        for (let i = 0; i < width * height; i++)
          if (spot(i % width, Math.floor(i / width)))
            (brighter.channels[channel] as Uint16Array)[i] = 450 * factor;
      return brighter;
    };
    expect(Math.max(...movedPlaces([plain, strange([2, 1, 1])]))).toBe(0);
    expect(Math.max(...movedPlaces([plain, strange([2, 1, 2])]))).toBeGreaterThan(400);
  });

  it('are what most columns say, also where every so manieth is enough', () => {
    // Of 300,000 pixels every fifth would do, and rows of 500 would be seen in 100 columns only.
    const size = { width: 500, height: 600 };
    const of = (every: number, others: number): SmallExposure => {
      const plane = new Uint16Array(500 * 600).map((_, i) => (i % 5 === 0 ? every : others));
      return { ...size, channels: [plane, plane, plane] };
    };
    const moved = movedPlaces([of(400, 400), of(500, 900)]);
    expect(Math.max(...moved.filter((_, i) => i % 5 !== 0).subarray(0, 2000))).toBe(0);
    expect(Math.min(...moved.filter((_, i) => i % 5 === 0).subarray(0, 500))).toBeGreaterThan(300);
  });

  it('are none without a second exposure', () => {
    expect(Math.max(...movedPlaces([exposureOf(() => 500)]))).toBe(0);
    expect(movedPlaces([])).toEqual(new Uint16Array(0));
  });
});
