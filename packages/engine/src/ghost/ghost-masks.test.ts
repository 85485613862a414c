import { describe, expect, it } from 'vitest';
import type { Plane } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { renderInterior, type Scene } from '../testing/interior.ts';
import { overviewOf, overviewOfPicture } from '../testing/views.ts';
import { ghostMasks } from './ghost-masks.ts';

const [width, height] = [480, 320];
const room = renderInterior(width, height, 5);

type Ellipse = {
  readonly x: number;
  readonly y: number;
  readonly across: number;
  readonly down: number;
};

function isInside({ x, y, across, down }: Ellipse, i: number, j: number): boolean {
  return ((i + 0.5 - x) / across) ** 2 + ((j + 0.5 - y) / down) ** 2 < 1;
}

/** Somebody in a blue jacket stands in the room. */
function withPerson(where: Ellipse): Scene {
  const radiance = room.radiance.slice();
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      if (!isInside(where, x, y)) continue;
      const fold = 1 + 0.4 * Math.sin(x * 0.4 + y * 0.1);
      radiance.set([0.02 * fold, 0.03 * fold, 0.08 * fold], at);
    }
  }
  return { width, height, radiance };
}

const places: readonly Ellipse[] = [
  { x: 60, y: 120, across: 22, down: 60 },
  { x: 200, y: 150, across: 22, down: 60 },
  { x: 240, y: 150, across: 22, down: 60 },
];

function valueAt(mask: Plane | null | undefined, x: number, y: number): number {
  return mask === null || mask === undefined ? 1 : (mask.data[y * width + x] as number);
}

describe('a scene where nothing moves', () => {
  it.each([[[-2, 0, 2]], [[-4, 0]], [[-3, -1.5, 0, 1.5, 3]], [[0, 0, 0]]])(
    'has no ghosts at %j EV, window edges and clipped walls included',
    (evs) => {
      const overviews = evs.map((ev, i) => overviewOf(room, { ev, seed: 20 + i }, i));
      expect(ghostMasks(overviews, 1)).toEqual({
        masks: evs.map(() => null),
        regions: 0,
        share: 0,
      });
    },
  );

  it('has none either when a frame lies a pixel off', () => {
    const shifted: Scene = { width, height, radiance: new Float32Array(room.radiance.length) };
    shifted.radiance.set(room.radiance.subarray(0, -3), 3);
    const overviews = [overviewOf(room, { ev: 0 }), overviewOf(shifted, { ev: -2 }, 1)];
    expect(ghostMasks(overviews, 0).regions).toBe(0);
  });
});

describe('somebody walks through the room', () => {
  const overviews = places.map((place, i) => overviewOf(withPerson(place), { ev: 2 * i - 2 }, i));
  const { masks, regions, share } = ghostMasks(overviews, 1);

  it('is found wherever he stood, and nowhere else', () => {
    let [found, person, wrong] = [0, 0, 0];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const stood = places.filter((place) => isInside(place, x, y)).length;
        const hidden = masks.some((mask) => valueAt(mask, x, y) < 0.5);
        const near = places.some((place) =>
          isInside({ ...place, across: place.across + 12, down: place.down + 12 }, x, y),
        );
        if (stood > 0 && stood < 3) person++;
        if (stood > 0 && stood < 3 && hidden) found++;
        if (!near && hidden) wrong++;
      }
    }
    expect(found / person).toBeGreaterThan(0.95);
    expect(wrong).toBe(0);
    expect(regions).toBe(2);
    expect(share).toBeGreaterThan((0.95 * person) / (width * height));
  });

  it('is not shown where two exposures agree on what is behind him', () => {
    expect(masks.map((mask) => valueAt(mask, 60, 120))).toEqual([0, 1, 1]);
  });

  it('is shown by one exposure alone where each shows something else', () => {
    // He was there in one exposure, and half hidden by himself in the next.
    for (const { x, y } of places.slice(1)) {
      const used = masks.map((mask) => valueAt(mask, x, y));
      expect(used.filter((value) => value === 1)).toHaveLength(1);
      expect(used.filter((value) => value === 0)).toHaveLength(2);
    }
  });

  it('never leaves a pixel without any exposure, and fades at the edges', () => {
    let [between, without] = [0, 0];
    for (let i = 0; i < width * height; i++) {
      const used = masks.map((mask) => (mask === null ? 1 : (mask.data[i] as number)));
      if (Math.max(...used) !== 1) without++;
      if (used.some((value) => value > 0 && value < 1)) between++;
    }
    expect(without).toBe(0);
    expect(between).toBeGreaterThan(100);
  });

  it('takes the reference where it is as good', () => {
    expect(valueAt(masks[1], 60, 120)).toBe(1);
  });
});

describe('the exposure that is chosen', () => {
  it('is one that shows the branch in front of the sky', () => {
    const branch = (x: number): Scene => {
      const radiance = room.radiance.slice();
      for (let j = 70; j < 170; j++)
        for (let i = x; i < x + 14; i++) radiance.set([0.9, 1.6, 0.5], (j * width + i) * 3);
      return { width, height, radiance };
    };
    const overviews = [-4.5, -2.5, 0].map((ev, i) => overviewOf(branch(300 + 25 * i), { ev }, i));
    const { masks, regions } = ghostMasks(overviews, 2);
    expect(regions).toBeGreaterThan(0);
    // The reference is white there.
    for (const x of [307, 332]) {
      const used = masks.map((mask) => valueAt(mask, x, 85));
      expect(used[2]).toBe(0);
      expect(used.filter((value) => value === 1)).toHaveLength(1);
    }
  });
});

describe('poor material', () => {
  const flat = (value: number, frame: number): Overview =>
    overviewOfPicture(
      pictureOf(width, height, () => [value, value, value]),
      frame,
    );

  it.each([
    ['black', [flat(0, 0), flat(0, 1)]],
    ['white', [flat(1, 0), flat(1, 1)]],
    ['black and white', [flat(0, 0), flat(1, 1)]],
    ['a room and black', [overviewOf(room, { ev: 0 }), flat(0, 1)]],
    ['one frame', [overviewOf(room, { ev: 0 })]],
    ['nothing', []],
    [
      'one pixel',
      [0.2, 0.8].map((v, i) =>
        overviewOfPicture(
          pictureOf(1, 1, () => [v, v, v]),
          i,
        ),
      ),
    ],
  ])('%s has no ghosts', (_, overviews) => {
    expect(ghostMasks(overviews, 0).regions).toBe(0);
  });
});
