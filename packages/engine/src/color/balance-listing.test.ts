import { describe, expect, it } from 'vitest';
import { linearToSrgb } from '../pixels/srgb.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { createRandom } from '../testing/random.ts';
import { balanceListing, lightOfScene, type SceneLight } from './balance-listing.ts';
import { measureLight } from './measure-light.ts';

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
  it('is that of the exposure most like a finished photo', () => {
    expect(lightOfScene([])).toBe(null);
    const [dark, middle] = [scene(0.7, -1, { outdoors: true }), scene(0.3, -0.4)];
    const exposures = [
      { ...dark, exposed: 0.2 },
      { ...middle, exposed: 0.6 },
      { ...scene(0, 0, { lightSigma: 0.01 }), exposed: 0.4 },
    ];
    expect(lightOfScene(exposures)).toEqual(middle);
    expect(lightOfScene(exposures.slice(0, 1))).toEqual(dark);
  });

  it('is found in the middle exposure of a bracket', () => {
    const room = (ev: number) =>
      pictureOf(120, 80, (x) => {
        const light = (0.08 + 0.3 * (x / 120)) * 2 ** ev;
        const code = (factor: number): number => linearToSrgb(Math.min(1, light * factor));
        return [code(1.2), code(1), code(0.7)];
      });
    const [dark, middle, bright] = [-3, 0, 2].map((ev) => measureLight(room(ev)));
    expect(middle?.exposed).toBeGreaterThan(dark?.exposed ?? 1);
    expect(middle?.exposed).toBeGreaterThan(bright?.exposed ?? 1);
    // All of it is as warm as its light: red and blue over green, before the camera's curve.
    expect(middle?.lightRed).toBeGreaterThan(0.1);
    expect(middle?.lightBlue).toBeLessThan(-0.2);
  });
});
