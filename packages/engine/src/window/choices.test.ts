import { describe, expect, test } from 'vitest';
import { createPlane, type Plane } from '../pixels/picture.ts';
import { linearToSrgb } from '../pixels/srgb.ts';
import { createRandom } from '../testing/random.ts';
import { measureLight } from './bracket-light.ts';
import { choosePanes, whyOutdoors } from './choose-panes.ts';
import { chooseViews, lightOfViews } from './choose-views.ts';
import { exposeView } from './expose-view.ts';
import { measurePatches, type Patch } from './measure-patches.ts';
import {
  countLight,
  createLightHistogram,
  exposeTo,
  holdOf,
  meanUnder,
  shownLuma,
  viewOf,
} from './view-tone.ts';
import { readTable } from './window-plan.ts';

function planeOf(width: number, height: number, valueAt: (x: number, y: number) => number): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++)
    plane.data[i] = valueAt(i % width, Math.floor(i / width));
  return plane;
}

describe('what is a window', () => {
  const size = { width: 600, height: 400 };
  const pane: Patch = {
    pixels: new Int32Array(3000),
    ...{ left: 300, top: 60, right: 350, bottom: 120 },
    ...{
      sharpness: 0.95,
      squareness: 0.96,
      upright: 0.9,
      level: 0.8,
      open: 0,
      unseen: 0.1,
      light: 2.5,
      detail: 0.3,
      acrossToDown: 1.2,
    },
    ...{ warmth: -0.3, ownWarmth: 0, brightest: 3.5 },
  };
  const isChosen = (change: Partial<Patch>) =>
    choosePanes([{ ...pane, ...change }], size).length === 1;

  test('a pane is', () => {
    expect(isChosen({})).toBe(true);
    expect(isChosen({ detail: 0.01, warmth: -0.5 })).toBe(true);
    expect(isChosen({ detail: 0.01, pixels: new Int32Array(6000), warmth: 0 })).toBe(true);
  });

  test.each<[string, Partial<Patch>]>([
    ['light on a wall', { sharpness: 0.7 }],
    ['a pane that every exposure is clipped in', { unseen: 0.8 }],
    ['a round lamp', { squareness: 0.78 }],
    ['a shining table', { top: 250, bottom: 330 }],
    ['a bulb', { brightest: 9 }],
    ['a lamp shade', { ownWarmth: 0.4 }],
    ['something warmer than the room', { warmth: 0.3 }],
    ['a white wall just clipped', { light: 0.4 }],
    ['an upright frame in the sun', { acrossToDown: 8 }],
    ['a sill in the sun', { acrossToDown: 0.1 }],
    ['a spot in the ceiling', { pixels: new Int32Array(500) }],
    ['a plain bright patch', { detail: 0.02, warmth: 0 }],
  ])('%s is not', (_, change) => {
    expect(isChosen(change)).toBe(false);
  });

  test.each<[string, Partial<Patch>, string | null]>([
    ['a pane', {}, null],
    ['a pane that the picture cuts off', { top: 0, open: 0.2 }, null],
    ['a cloud, with no straight side', { upright: 0.5, level: 0.5 }, 'straight edges'],
    ['a sky between two houses, above trees', { level: 0.4 }, 'straight edges'],
    ['a lit front below a dome', { upright: 0.4 }, 'straight edges'],
    ['a sky above a flat roof', { top: 0, open: 0.5 }, 'as a sky does'],
  ])('%s alone: is it outdoors?', (_, change, reason) => {
    const patch = { ...pane, ...change };
    const why = whyOutdoors([patch], size);
    if (reason === null) expect(why).toBeNull();
    else expect(why).toContain(reason);
  });

  test('one clear pane vouches for others, and a sky in parts is a sky', () => {
    const vague = { ...pane, upright: 0.3, level: 0.3 };
    expect(whyOutdoors([vague, pane], size)).toBeNull();
    const part = { ...pane, pixels: new Int32Array(200) };
    expect(whyOutdoors([vague, part], size)).toContain('straight edges');
    // What was not taken for a window may be sky all the same.
    const sky = { ...pane, open: 0.2 };
    expect(whyOutdoors([sky, sky, pane], size)).toContain('as a sky does');
  });

  test('small parts are, beside one or below it', () => {
    const part = (change: Partial<Patch>): Patch => ({
      ...pane,
      pixels: new Int32Array(200),
      ...change,
    });
    const beside = part({ left: 355, right: 380 });
    const beyond = part({ left: 385, right: 400 });
    const below = part({ top: 190, bottom: 230, left: 305, right: 345 });
    const aside = part({ top: 190, bottom: 230, left: 200, right: 260 });
    const floor = part({ top: 380, bottom: 399, left: 305, right: 345 });
    const chosen = choosePanes([aside, beyond, beside, below, floor, pane], size);
    expect(new Set(chosen)).toEqual(new Set([pane, beside, beyond, below]));
    expect(choosePanes([beside, beyond, below], size)).toEqual([]);
  });
});

test('foliage has detail in every direction, a moulding across itself only', () => {
  const random = createRandom(9);
  const [width, height] = [60, 50];
  const columns = Array.from({ length: width }, () => 2 * random());
  const isPatch = (x: number, y: number) => y > 4 && y < 45 && x % 30 > 4 && x % 30 < 25;
  const light = planeOf(width, height, (x, y) => {
    if (!isPatch(x, y)) return -4;
    return x < 30 ? 1 + 2 * random() : 1 + (columns[x] ?? 0);
  });
  const mask = {
    width,
    height,
    data: Uint8Array.from(light.data, (value) => (value > 0 ? 1 : 0)),
  };
  const picture = { width, height, data: new Uint16Array(width * height * 3).fill(30_000) };
  const source = new Uint8Array(width * height);
  const [foliage, moulding] = measurePatches(mask, {
    light,
    source,
    pictures: [picture],
    factor: 1,
    ceiling: 9,
  });
  expect(foliage?.acrossToDown).toBeGreaterThan(0.8);
  expect(foliage?.acrossToDown).toBeLessThan(1.25);
  expect(moulding?.acrossToDown).toBeGreaterThan(20);
  expect(moulding?.pixels).toHaveLength(20 * 40);
  expect([moulding?.left, moulding?.right, moulding?.top, moulding?.bottom]).toEqual([
    35, 54, 5, 44,
  ]);
  expect(moulding?.sharpness).toBe(1);
});

test.each([
  ['where every 60th of 1200 columns is dark', 1200, 0],
  ['where all others are', 1200, 1],
  ['where the rows do not fit the step', 1199, 0],
])('a large pane is looked at in all its columns: %s', (_, across, shift) => {
  const [width, height] = [across + 20, 510];
  const isPane = (x: number, y: number) => x >= 10 && x < across + 10 && y >= 5 && y < 505;
  const isBar = (x: number) => (x - 10 + shift) % 60 === 0;
  const light = planeOf(width, height, (x, y) => (!isPane(x, y) ? -4 : isBar(x) ? 1 : 2));
  const data = Uint8Array.from(light.data, (value) => (value > 0 ? 1 : 0));
  const picture = { width, height, data: new Uint16Array(width * height * 3).fill(30_000) };
  const source = new Uint8Array(width * height);
  const scene = { light, source, pictures: [picture], factor: 1, ceiling: 9 };
  const [patch] = measurePatches({ width, height, data }, scene);
  // A bar is 2 of second difference, the columns beside it are 1: 4 of 60.
  expect(patch?.detail).toBeCloseTo(4 / 60, 2);
  expect([patch?.light, patch?.brightest]).toEqual([2, 2]);
});

test('a view that is partly clipped in its only exposure is exposed for the rest, and white there', () => {
  const [width, height] = [40, 20];
  const luma = planeOf(width, height, (x, y) => (x < 16 ? 1 : 0.86 + 0.04 * ((x + y) % 3)));
  const look = { index: 0, luma, darker: 2, fadeFrom: 2, fadeTo: 3 };
  const core = { width, height, data: new Uint8Array(width * height).fill(1) };
  const exposing = exposeView([look], {
    core,
    mask: planeOf(width, height, () => 1),
    luma: planeOf(width, height, () => 1),
    viewLight: lightOfViews([look], luma),
  });
  const view = viewOf(look, exposing, [0, 0]);
  expect(readTable(view.luma, 1)).toBeCloseTo(0.965, 2);
  const rest = [0.86, 0.9, 0.94].map((value) => readTable(view.luma, value));
  expect(rest.reduce((sum, value) => sum + value, 0) / 3).toBeCloseTo(198 / 255, 1);
});

test('the exposure that shows most is taken, or two that show more', () => {
  const [width, height] = [30, 10];
  const view = { width, height, data: new Uint8Array(width * height).fill(1) };
  const looks = (values: readonly (readonly [sky: number, trees: number])[]) =>
    values.map(([sky, trees], index) => ({
      index,
      darker: 2 * (values.length - index),
      luma: planeOf(width, height, (x) => (x < 15 ? sky : trees)),
    }));
  const sources = (values: readonly (readonly [number, number])[]) =>
    chooseViews({ darker: looks(values) }, view).map(({ index }) => index);
  // Both are shown by the second and the third; the third is longer.
  expect(
    sources([
      [0.3, 0.05],
      [0.6, 0.2],
      [0.85, 0.4],
      [1, 0.7],
    ]),
  ).toEqual([2]);
  // None shows both: trees from one, the sky from the longest darker one that has it.
  expect(
    sources([
      [0.3, 0.02],
      [0.8, 0.05],
      [1, 0.4],
    ]),
  ).toEqual([1, 2]);
  expect(sources([[1, 1]])).toEqual([]);
  expect(sources([])).toEqual([]);
});

test('what an exposure shows of a large view is asked in all columns', () => {
  // Every 15th pixel is enough, and shares the 5 with a row.
  const [width, height] = [500, 600];
  const view = { width, height, data: new Uint8Array(width * height).fill(1) };
  const shown = (values: readonly [every: number, others: number]) =>
    planeOf(width, height, (x) => values[x % 5 === 0 ? 0 : 1]);
  const looks = [
    { index: 0, darker: 4, luma: shown([0.02, 0.5]) },
    { index: 1, darker: 2, luma: shown([0.5, 1]) },
  ];
  // The second shows every fifth column only.
  expect(chooseViews({ darker: looks }, view).map(({ index }) => index)).toContain(0);
});

describe('exposing a view', () => {
  const histogram = createLightHistogram();
  for (let light = -2; light <= 5; light += 0.5) countLight(histogram, light, light < 2 ? 3 : 1);

  test.each([
    [0.75, 1, null],
    [0.65, 0.7, null],
    [0.7, 0.65, 6],
  ])('reaches a mean of %f with contrast %f', (mean, contrast, end) => {
    const exposing = exposeTo(histogram, mean, { contrast, end });
    expect(meanUnder(histogram, exposing)).toBeCloseTo(mean, 4);
    let last = 0;
    for (let light = -8; light < 8; light += 0.25) {
      const luma = shownLuma(light, exposing);
      expect(luma).toBeGreaterThanOrEqual(last);
      expect(luma).toBeLessThanOrEqual(0.965 + 1e-6);
      last = luma;
    }
    // What is clipped everywhere is white.
    if (end !== null) expect(shownLuma(end, exposing)).toBeCloseTo(0.965, 5);
  });

  const plane = planeOf(1, 1, () => 0.5);
  const look = { index: 4, luma: plane, darker: 3, fadeFrom: 0.8, fadeTo: 0.93 };
  const exposing = exposeTo(histogram, 0.7, { contrast: 1, end: null });

  test('tables of an exposure show its light, and fade where it is clipped', () => {
    const view = viewOf(look, exposing, [0.01, -0.01]);
    expect(view.source).toBe(4);
    // Encoded 0.5 is 0.214 linear: 2.224 EV below its clipping point, 0.776 above the room's.
    expect(readTable(view.luma, 0.5)).toBeCloseTo(shownLuma(0.776, exposing), 3);
    expect(readTable(view.share, 0.8)).toBeCloseTo(1, 1);
    expect(readTable(view.share, 0.865)).toBeCloseTo(0.5, 1);
    expect(readTable(view.share, 0.94)).toBe(0);
    expect(view.floor).toBeCloseTo(readTable(view.luma, 0.93), 3);
    expect(readTable(view.chroma, 0)).toBe(0);
    expect(Math.max(...view.chroma)).toBeLessThan(2.401);
  });

  test('held highlights keep their order and begin at the clipping point of the room', () => {
    const hold = holdOf(look);
    // 3 EV below its clipping point is where the room exposure clips: encoded 0.388.
    expect(readTable(hold.share, 0.388)).toBeCloseTo(0.5, 1);
    expect(readTable(hold.share, 0.2)).toBe(0);
    expect(readTable(hold.share, 0.6)).toBe(1);
    for (let i = 1; i < hold.luma.length; i++)
      expect(hold.luma[i]).toBeGreaterThanOrEqual((hold.luma[i - 1] ?? 0) - 1e-6);
    expect(Math.max(...hold.luma)).toBeLessThan(0.96);
  });
});

test('exposures are ordered and put on one scale, whatever order they come in', () => {
  const random = createRandom(2);
  const [width, height] = [60, 50];
  const light = Float32Array.from({ length: width * height }, () => 0.02 + 1.5 * random() ** 3);
  const overviews = [-2, 0, -4].map((ev, frame) => {
    const luma = planeOf(width, height, (x, y) =>
      linearToSrgb(Math.min(1, (light[y * width + x] ?? 0) * 2 ** ev)),
    );
    const picture = { width, height, data: new Uint16Array(width * height * 3) };
    return { frame, name: '', picture, luma, scale: 1 };
  });
  const bracket = measureLight(overviews);
  if (bracket === null) throw new Error('no exposures');
  expect(bracket.room.index).toBe(1);
  expect(bracket.darker.map(({ index }) => index)).toEqual([2, 0]);
  expect(bracket.darker[0]?.darker).toBeCloseTo(4, 1);
  expect(bracket.darker[1]?.darker).toBeCloseTo(2, 1);
  // Also where the room exposure is clipped the light is that of the scene.
  for (const [i, value] of light.entries())
    expect(Math.abs((bracket.light.data[i] ?? 9) - Math.log2(value))).toBeLessThan(0.1);
});
