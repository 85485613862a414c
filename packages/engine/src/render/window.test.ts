import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuseOverviews } from '../merge/fuse-overviews.ts';
import { planFusion } from '../merge/plan-fusion.ts';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { createPicture, createPlane, lumaOf, type Picture, type Plane } from '../pixels/picture.ts';
import { reduceByMean } from '../pixels/reduce.ts';
import type { FramePlan, Overview } from '../plan/plan.ts';
import { windowBracket } from '../testing/window-bracket.ts';
import { applyWindow } from '../window/apply-window.ts';
import { planWindow } from '../window/plan-window.ts';
import { TABLE_STEPS, type WindowPlan } from '../window/window-plan.ts';
import { ONE, readPlane, takeYcc, writePlane, type YccRef } from './planes.ts';
import { framesInUse, isView, keepView, pullWindow, viewsLast, withView } from './window.ts';

/** EV: the longer of the darker ones clips the sky, the shorter shows no trees. */
const TWO_VIEWS = [-8, -2, 0];
const ONE_VIEW = [-3.5, 0];

let pool: Pool;

beforeAll(async () => {
  pool = await Pool.start(new Arena(), 2);
});

afterAll(async () => {
  await pool.stop();
});

type Channels = { readonly y: Plane; readonly cb: Plane; readonly cr: Plane };

/** Luma of every pixel, chroma of every 2 x 2. */
function channelsOf(picture: Picture): Channels {
  const { width, height, data } = picture;
  const y = lumaOf(picture);
  const cb = createPlane((width + 1) >> 1, (height + 1) >> 1);
  const cr = createPlane(cb.width, cb.height);
  for (let i = 0; i < cb.data.length; i++) {
    for (let k = 0; k < 4; k++) {
      const u = Math.min(width - 1, 2 * (i % cb.width) + (k & 1));
      const v = Math.min(height - 1, 2 * Math.floor(i / cb.width) + (k >> 1));
      const at = v * width + u;
      const luma = y.data[at] ?? 0;
      cb.data[i] = (cb.data[i] ?? 0) + ((data[3 * at + 2] ?? 0) / 65535 - luma) / 1.8556 / 4;
      cr.data[i] = (cr.data[i] ?? 0) + ((data[3 * at] ?? 0) / 65535 - luma) / 1.5748 / 4;
    }
  }
  return { y, cb, cr };
}

function place(picture: Picture): YccRef {
  const { y, cb, cr } = channelsOf(picture);
  const into = takeYcc(pool.arena, y.width, y.height);
  for (const [ref, plane] of [
    [into.y, y],
    [into.cb, cb],
    [into.cr, cr],
  ] as const)
    writePlane(pool.arena, ref, { plane, one: ONE });
  return into;
}

/** A picture in which 2 x 2 pixels are the same, so that halved chroma says all. */
function blocky({ width, height, data }: Picture): Picture {
  const out = createPicture(width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++)
        out.data[(y * width + x) * 3 + c] = data[((y & ~1) * width + (x & ~1)) * 3 + c] ?? 0;
  return out;
}

function withPicture(overview: Overview, picture: Picture): Overview {
  return { ...overview, picture, luma: lumaOf(picture) };
}

/** Full-size exposures, and a plan made on copies reduced by `scale`. */
function prepare(width: number, height: number, scale: number, evs: readonly number[]) {
  const large = windowBracket(evs.map((ev) => ({ width, height, ev }))).map((overview) =>
    withPicture(overview, blocky(overview.picture)),
  );
  const small = large.map((overview) => ({
    ...withPicture(overview, reduceByMean(overview.picture, scale)),
    scale,
  }));
  const outcome = planWindow(small, fuseOverviews(small, planFusion(small, null)));
  if (outcome.plan === null) throw new Error(outcome.reason);
  const photo = blocky(fuseOverviews(large, planFusion(large, null)));
  return { large, photo, plan: outcome.plan };
}

async function pulled(photo: Picture, large: readonly Overview[], plan: WindowPlan) {
  const [lower, upper] = plan.views.map(({ source }) => place((large[source] as Overview).picture));
  const into = place(photo);
  await pullWindow(pool, plan, {
    photo: into,
    upper: upper ?? (lower as YccRef),
    lower: upper !== undefined && lower !== undefined ? keepView(pool, lower, plan) : null,
  });
  const read = (ref: YccRef['y']) => readPlane(pool.arena, ref, ONE);
  return { y: read(into.y), cb: read(into.cb), cr: read(into.cr) };
}

/** Differences in 8-bit levels, smallest first. */
function differences(a: Plane, b: Plane): Float32Array {
  return a.data.map((value, i) => 255 * Math.abs(value - (b.data[i] ?? Number.NaN))).sort();
}

const at = (sorted: Float32Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

describe.each([
  ['two exposures of the view', TWO_VIEWS],
  ['one exposure of the view', ONE_VIEW],
])('%s', (_, evs) => {
  test.each([
    [360, 240, 1],
    [497, 331, 2],
    [602, 402, 4],
  ])(
    '%i x %i planned at 1:%i is pulled as the plain form pulls it',
    async (width, height, scale) => {
      const { large, photo, plan } = prepare(width, height, scale, evs);
      const mark = pool.arena.take(0);
      const result = await pulled(photo, large, plan);
      pool.arena.release(mark);
      const expected = channelsOf(applyWindow(photo, large, plan));
      const before = channelsOf(photo);
      expect(at(differences(expected.y, before.y), 0.95)).toBeGreaterThan(10);
      const luma = differences(result.y, expected.y);
      expect(at(luma, 0.99)).toBeLessThan(0.2);
      // Where the mask is steep a rounded sample moves it.
      expect(at(luma, 1)).toBeLessThan(2.5);
      for (const channel of ['cb', 'cr'] as const) {
        const chroma = differences(result[channel], expected[channel]);
        expect(at(chroma, 0.98)).toBeLessThan(0.3);
        expect(at(chroma, 0.999)).toBeLessThan(2.5);
      }
    },
  );
});

test('two views are used where the brighter one is clipped', () => {
  expect(prepare(360, 240, 1, TWO_VIEWS).plan.views).toHaveLength(2);
  expect(prepare(360, 240, 1, ONE_VIEW).plan.views).toHaveLength(1);
});

test('outside of the mask only what is bright changes, by a row and a column more or less', async () => {
  const { large, photo, plan } = prepare(301, 199, 1, TWO_VIEWS);
  const mark = pool.arena.take(0);
  const result = await pulled(photo, large, plan);
  pool.arena.release(mark);
  const { left, top, base } = plan.mask;
  const before = channelsOf(photo).y;
  for (const [i, value] of before.data.entries()) {
    const [x, y] = [i % 301, Math.floor(i / 301)];
    const inside = x >= left && x < left + base.width && y >= top && y < top + base.height;
    if (inside || value > 0.86) continue;
    expect(Math.abs((result.y.data[i] ?? 9) - value)).toBeLessThan(1 / ONE);
  }
});

/** A mask of 1 in a part of a photo, and a view shown as it is over a darker one that shows half. */
function plainPlan(part: { left: number; top: number; width: number; height: number }): WindowPlan {
  const straight = Float32Array.from({ length: TABLE_STEPS + 1 }, (_, i) => i / TABLE_STEPS);
  const even = (value: number) => new Float32Array(TABLE_STEPS + 1).fill(value);
  const view = { luma: straight, chroma: even(1), cast: [0, 0] as const, floor: 0 };
  const plane = (value: number) => {
    const out = createPlane(part.width, part.height);
    out.data.fill(value);
    return out;
  };
  return {
    views: [
      { ...view, source: 0, share: even(1) },
      { ...view, source: 1, share: even(0.5) },
    ],
    mask: {
      ...{ viewSlope: plane(0), roomSlope: plane(0), base: plane(1) },
      ...{ scale: 1, left: part.left, top: part.top },
    },
    hold: { luma: even(1), share: even(0) },
  };
}

test.each([
  ['odd', { left: 7, top: 5, width: 12, height: 8 }],
  ['even', { left: 8, top: 4, width: 11, height: 9 }],
  ['odd, to the border', { left: 3, top: 1, width: 38, height: 28 }],
])('a mask at full size begins and ends where it is: %s', async (_, part) => {
  const [width, height] = [41, 29];
  const grey = (value: number) => {
    const picture = createPicture(width, height);
    for (let i = 0; i < picture.data.length; i += 3)
      picture.data.set([value * 65535, value * 65535, value * 52000], i);
    return picture;
  };
  const large = [0.2, 0.6].map((value, frame): Overview => {
    const picture = grey(value);
    return { frame, name: '', picture, luma: lumaOf(picture), scale: 1 };
  });
  const [photo, plan] = [grey(0.8), plainPlan(part)];
  const mark = pool.arena.take(0);
  const result = await pulled(photo, large, plan);
  pool.arena.release(mark);
  for (const [i, value] of result.y.data.entries()) {
    const [x, y] = [(i % width) - part.left, Math.floor(i / width) - part.top];
    const inside = x >= 0 && x < part.width && y >= 0 && y < part.height;
    // Half of 0.2 and half of 0.6, a little less for less blue.
    expect(value / (inside ? 0.4 : 0.8)).toBeCloseTo(0.9851, 3);
  }
  const expected = channelsOf(applyWindow(photo, large, plan));
  for (const channel of ['cb', 'cr'] as const)
    expect(at(differences(result[channel], expected[channel]), 1)).toBeLessThan(0.1);
});

test('one thread and three give the same bytes', async () => {
  const { large, photo, plan } = prepare(360, 240, 1, TWO_VIEWS);
  const usual = pool;
  const results: Float32Array[] = [];
  for (const threads of [1, 3]) {
    pool = await Pool.start(new Arena(), threads);
    results.push((await pulled(photo, large, plan)).y.data);
    await pool.stop();
  }
  pool = usual;
  expect(results[0]).toEqual(results[1]);
});

test('frames of the view are loaded last, the darkest of them first', () => {
  const frames: FramePlan[] = [3, 1, 4, 0].map((frame) => ({ frame, toFrame: null }));
  const views = [{ source: 2 }, { source: 0 }] as unknown as WindowPlan['views'];
  const order = viewsLast(frames, { views } as WindowPlan);
  expect(order.map(({ frame }) => frame)).toEqual([1, 0, 4, 3]);
  expect(viewsLast(frames, null)).toEqual(frames);
});

test('frames are used that are fused or show a view', () => {
  const frames: FramePlan[] = [3, 1, 4, 0].map((frame) => ({ frame, toFrame: null }));
  const plan = { views: [{ source: 2 }] } as unknown as WindowPlan;
  const used = (window: WindowPlan | null) =>
    [...framesInUse(frames, [{ source: 3 }, { source: 0 }], window)].map(({ frame }) => frame);
  // The second is black: the fusion does without it.
  expect(used(plan)).toEqual([3, 4, 0]);
  expect(used(null)).toEqual([3, 0]);
});

test('a frame that shows a view is there as it was taken in the end', () => {
  const [plain, bent] = [{ curve: null }, { curve: new Float32Array([0, 1]) }];
  expect(withView([], true)).toEqual([null]);
  expect(withView([plain, bent], true)).toEqual([plain, bent, null]);
  expect(withView([bent, plain], true)).toEqual([bent, plain]);
  expect(withView([bent], false)).toEqual([bent]);
  expect(withView([], false)).toEqual([]);
  const plan = { views: [{ source: 2 }] } as unknown as WindowPlan;
  expect([isView(plan, 2), isView(plan, 0), isView(null, 0)]).toEqual([true, false, false]);
});
