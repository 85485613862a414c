import { describe, expect, it } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { expectationOf } from './expectation.ts';

const count = 60_000;

/** Values all over the range, and what an exposure one stop longer makes of them. */
function exposures(change: (value: number, i: number) => number = (value) => value) {
  const random = createRandom(5);
  const darker = new Uint16Array(count);
  const brighter = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    const value = Math.floor(1024 * random() ** 2);
    darker[i] = value;
    brighter[i] = Math.min(
      1023,
      Math.max(0, Math.round(change(1.4 * value, i) + 8 * (random() - 0.5))),
    );
  }
  return { darker, brighter };
}

describe('what the brighter exposure is expected to show', () => {
  it('lies around the transfer between the two, and not far', () => {
    const { darker, brighter } = exposures();
    const { low, high } = expectationOf(darker, brighter);
    for (const value of [40, 200, 500, 700]) {
      expect(low[value]).toBeLessThan(1.4 * value - 20);
      expect(low[value]).toBeGreaterThan(1.4 * value - 60);
      expect(high[value]).toBeGreaterThan(1.4 * value + 20);
      expect(high[value]).toBeLessThan(1.4 * value + 60);
    }
  });

  it('is white where the longer exposure is clipped', () => {
    const { darker, brighter } = exposures();
    const { low, high } = expectationOf(darker, brighter);
    expect(low[900]).toBeGreaterThan(940);
    expect(high[900]).toBeGreaterThanOrEqual(1023);
  });

  it('is not bent by a thing of one colour that moved away', () => {
    // Half a percent of the pixels had about 300 and now show the wall behind at 800.
    const { darker, brighter } = exposures();
    for (let i = 0; i < 300; i++) [darker[i], brighter[i]] = [285 + (i % 30), 800];
    const { low, high } = expectationOf(darker, brighter);
    expect(high[300]).toBeLessThan(500);
    expect(low[300]).toBeGreaterThan(340);
  });

  it('leaves open how bright the few brightest become', () => {
    const random = createRandom(2);
    const darker = Uint16Array.from({ length: count }, (_, i) => (i < 60 ? 1000 : 300 * random()));
    const brighter = darker.map((value) => Math.min(1023, 2 * value));
    const { low, high } = expectationOf(darker, brighter);
    expect(high[1000]).toBeGreaterThanOrEqual(1023);
    expect(low[1000]).toBeLessThan(620);
  });

  it('allows more where values vary more', () => {
    const random = createRandom(11);
    const { darker, brighter } = exposures(
      (value) => value + (value > 700 ? 300 * (random() - 0.5) : 0),
    );
    const { low, high } = expectationOf(darker, brighter);
    expect((high[600] as number) - (low[600] as number)).toBeGreaterThan(200);
    expect((high[200] as number) - (low[200] as number)).toBeLessThan(80);
  });
});
