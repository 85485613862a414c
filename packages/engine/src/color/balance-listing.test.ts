import { describe, expect, it } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { balanceListing, lightOfScene, type SceneLight } from './balance-listing.ts';

function scene(lightRed: number, lightBlue: number, changes: Partial<SceneLight> = {}): SceneLight {
  return { lightRed, lightBlue, lightSigma: 0.05, outdoors: false, ...changes };
}

describe('balancing a listing', () => {
  it('brings rooms under one light to one light, however their estimates scatter', () => {
    const random = createRandom(4);
    const rooms = Array.from({ length: 9 }, () =>
      scene(0.3 + 0.16 * (random() - 0.5), -0.5 + 0.2 * (random() - 0.5)),
    );
    const lights = balanceListing(rooms);
    for (const { lightRed, lightBlue, lightWeight } of lights) {
      expect(lightRed).toBeCloseTo(0.3, 1);
      expect(lightBlue).toBeCloseTo(-0.5, 1);
      expect(lightWeight).toBeGreaterThan(0.9);
    }
    // What a room is balanced by in the end differs by a hundredth of a stop.
    const final = lights.map(
      ({ lightBlue, lightWeight }, i) =>
        lightWeight * lightBlue + (1 - lightWeight) * (rooms[i]?.lightBlue ?? 0),
    );
    expect(Math.max(...final) - Math.min(...final)).toBeLessThan(0.02);
  });

  it('leaves a room with lamps of its own its own light', () => {
    const lights = balanceListing([...Array(5).fill(scene(0, 0)), scene(0.7, -1.2)]);
    expect(lights[5]?.lightRed).toBeCloseTo(0.7, 3);
    expect(lights[5]?.lightWeight).toBeLessThan(0.01);
    expect(lights[0]?.lightRed).toBeCloseTo(0, 3);
  });

  it('keeps the outdoors out of the rooms', () => {
    const [room, garden] = balanceListing([scene(0.1, -0.1), scene(0, 0.1, { outdoors: true })]);
    expect(room?.lightRed).toBeCloseTo(0.1, 6);
    expect(garden?.lightBlue).toBeCloseTo(0.1, 6);
    expect([room?.lightWeight, garden?.lightWeight]).toEqual([0, 0]);
  });

  it('listens more to those who are sure', () => {
    const [first] = balanceListing([
      scene(0, 0),
      scene(0.1, 0, { lightSigma: 0.3 }),
      scene(0.1, 0, { lightSigma: 0.3 }),
    ]);
    expect(first?.lightRed).toBeLessThan(0.02);
  });

  it('counts photos that were neutral already among the rooms', () => {
    const [first] = balanceListing([scene(0.12, -0.1), null, null, null]);
    expect(first?.lightRed).toBeLessThan(0.05);
    expect(first?.lightWeight).toBeGreaterThan(0.7);
  });

  it('has nothing to say of no photo', () => {
    expect(balanceListing([])).toEqual([]);
  });
});

describe('the light of a scene', () => {
  it('is the mean of its exposures, the surer ones first', () => {
    expect(lightOfScene([])).toBe(null);
    const one = scene(0.3, -0.4);
    expect(lightOfScene([one])).toEqual({
      lightRed: expect.closeTo(0.3, 9),
      lightBlue: expect.closeTo(-0.4, 9),
      lightSigma: expect.closeTo(0.05, 9),
      outdoors: false,
    });
    // Worth 1 / (0.05^2 + 0.05^2) = 200 and 1 / (0.05^2 + 0.2^2) = 23.5: shares of 0.895 and 0.105.
    const both = lightOfScene([one, scene(0.7, 0, { lightSigma: 0.2, outdoors: true })]);
    expect(both?.lightRed).toBeCloseTo(0.3 + 0.4 * 0.10526, 4);
    expect(both?.lightBlue).toBeCloseTo(-0.4 + 0.4 * 0.10526, 4);
    expect(both?.lightSigma).toBeCloseTo(0.05 + 0.15 * 0.10526, 4);
    expect(both?.outdoors).toBe(false);
  });
});
