import { beforeAll, describe, expect, test } from 'vitest';
import { fuseOverviews } from '../merge/fuse-overviews.ts';
import { planFusion } from '../merge/plan-fusion.ts';
import { lumaOf, type Picture, type Plane } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { windowBracket } from '../testing/window-bracket.ts';
import { PARTS, renderWindowScene, type ScenePart } from '../testing/window-scene.ts';
import { applyWindow } from './apply-window.ts';
import { planWindow, type WindowOutcome } from './plan-window.ts';
import type { WindowPlan } from './window-plan.ts';

const size = { width: 360, height: 240 };
const scene = renderWindowScene(size);

function merged(overviews: readonly Overview[]): Picture {
  return fuseOverviews(overviews, planFusion(overviews, null));
}

function bracket(evs: readonly number[], options = {}): Overview[] {
  return windowBracket(evs.map((ev) => ({ ...size, ...options, ev })));
}

function planned(outcome: WindowOutcome): WindowPlan {
  if (outcome.plan === null) throw new Error(outcome.reason);
  return outcome.plan;
}

/** Pixels of one part with nothing but that part within `margin` pixels. */
function pixelsOf(part: ScenePart, margin: number): number[] {
  const { width, height } = size;
  const wanted = PARTS.indexOf(part);
  const found: number[] = [];
  for (let y = margin; y < height - margin; y++) {
    for (let x = margin; x < width - margin; x++) {
      let pure = true;
      for (let dy = -margin; dy <= margin && pure; dy++)
        for (let dx = -margin; dx <= margin && pure; dx++)
          pure = scene.parts[(y + dy) * width + x + dx] === wanted;
      if (pure) found.push(y * width + x);
    }
  }
  return found;
}

function meanOf({ data }: Plane, pixels: readonly number[]): number {
  return pixels.reduce((sum, at) => sum + (data[at] ?? 0), 0) / pixels.length;
}

/** Largest change of a channel at one of the pixels, in 8-bit levels. */
function mostChanged(before: Picture, after: Picture, pixels: readonly number[]): number {
  let most = 0;
  for (const at of pixels)
    for (let c = 3 * at; c < 3 * at + 3; c++)
      most = Math.max(most, Math.abs((after.data[c] ?? 0) - (before.data[c] ?? 0)) / 257);
  return most;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * ((y[i] ?? 0) - my), 0);
  return (
    product(a, meanA, b, meanB) /
    Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB))
  );
}

describe('a room with a window, a plant, a lamp and a table that shines', () => {
  const overviews = bracket([-4, -2, 0, 2]);
  let photo: Picture;
  let result: Picture;
  let before: Plane;
  let after: Plane;

  beforeAll(() => {
    photo = merged(overviews);
    result = applyWindow(photo, overviews, planned(planWindow(overviews, photo)));
    [before, after] = [lumaOf(photo), lumaOf(result)];
  });

  test('shows the view, and nothing of it blown', () => {
    const view = pixelsOf('view', 0);
    expect(view.filter((at) => (after.data[at] ?? 0) >= 250 / 255)).toHaveLength(0);
    expect(meanOf(after, pixelsOf('view', 2))).toBeGreaterThan(150 / 255);
    expect(meanOf(after, pixelsOf('view', 2))).toBeLessThan(205 / 255);
  });

  test('shows what is there: the order and the differences of light outside', () => {
    const view = pixelsOf('view', 2);
    const light = view.map((at) => {
      const [r = 0, g = 0, b = 0] = scene.radiance.subarray(3 * at, 3 * at + 3);
      return Math.log2(0.2126 * r + 0.7152 * g + 0.0722 * b);
    });
    const shown = view.map((at) => after.data[at] ?? 0);
    expect(correlation(light, shown)).toBeGreaterThan(0.97);
    expect(correlation(light, shown)).toBeGreaterThan(
      correlation(
        light,
        view.map((at) => before.data[at] ?? 0),
      ) + 0.02,
    );
  });

  test('gives the sky its colour back', () => {
    const sky = pixelsOf('view', 3).filter((at) => at < size.width * size.height * 0.25);
    const blue = (picture: Picture) =>
      sky.reduce(
        (sum, at) => sum + (picture.data[3 * at + 2] ?? 0) - (picture.data[3 * at] ?? 0),
        0,
      ) /
      (sky.length * 257);
    expect(blue(result)).toBeGreaterThan(15);
    expect(blue(result)).toBeGreaterThan(blue(photo) + 5);
  });

  test('leaves frames, bars and walls as they are', () => {
    const room = pixelsOf('room', 2);
    expect(mostChanged(photo, result, room)).toBeLessThan(6);
    const unchanged = room.filter((at) => mostChanged(photo, result, [at]) === 0);
    expect(unchanged.length / room.length).toBeGreaterThan(0.99);
  });

  test('leaves a plant before the glass as it is', () => {
    expect(mostChanged(photo, result, pixelsOf('plant', 1))).toBeLessThan(3);
  });

  test('makes no grey disc of a lamp and no grey spot of a shine', () => {
    expect(meanOf(before, pixelsOf('lamp', 2))).toBeGreaterThan(250 / 255);
    expect(meanOf(after, pixelsOf('lamp', 2))).toBeGreaterThan(235 / 255);
    const shine = pixelsOf('shine', 0);
    // What was not white stays, and what was remains brighter than everything around it.
    const dim = shine.filter((at) => (before.data[at] ?? 0) < 0.85);
    expect(mostChanged(photo, result, dim)).toBeLessThan(1.01);
    const white = shine.filter((at) => (before.data[at] ?? 0) > 0.93);
    expect(Math.min(...white.map((at) => after.data[at] ?? 0))).toBeGreaterThan(0.88);
  });

  test('has no ring around the window', () => {
    const { width } = size;
    const glass = PARTS.indexOf('view');
    const ring = pixelsOf('room', 1).filter((at) => {
      for (let d = 2; d < 9; d++)
        if ([at - d, at + d, at - d * width, at + d * width].some((i) => scene.parts[i] === glass))
          return true;
      return false;
    });
    expect(ring.length).toBeGreaterThan(1000);
    expect(255 * Math.abs(meanOf(after, ring) - meanOf(before, ring))).toBeLessThan(0.2);
  });

  test('tells what it did', () => {
    const outcome = planWindow(overviews, photo);
    if (outcome.plan === null) throw new Error(outcome.reason);
    const { share, darker, lumaBefore, lumaAfter } = outcome.facts;
    const truth = scene.parts.filter((part) => part === PARTS.indexOf('view')).length;
    expect(share / (truth / scene.parts.length)).toBeGreaterThan(0.9);
    expect(share / (truth / scene.parts.length)).toBeLessThan(1.02);
    expect(Math.abs(darker - 4)).toBeLessThan(0.2);
    expect(lumaBefore).toBeGreaterThan(lumaAfter + 20);
  });

  test('decides the same twice, and whatever the order of the exposures', () => {
    const plan = planned(planWindow(overviews, photo));
    expect(planned(planWindow(overviews, photo))).toEqual(plan);
    const turned = [...overviews].reverse();
    const other = planned(planWindow(turned, photo));
    expect(other.mask).toEqual(plan.mask);
    expect(other.views.map(({ source }) => turned[source]?.name)).toEqual(
      plan.views.map(({ source }) => overviews[source]?.name),
    );
  });
});

test('a view that no exposure shows without clipping stays white', () => {
  const overviews = bracket([-1.8, 0]);
  const photo = merged(overviews);
  const outcome = planWindow(overviews, photo);
  const result = lumaOf(applyWindow(photo, overviews, planned(outcome)));
  const sky = pixelsOf('view', 3).filter((at) => at < size.width * size.height * 0.25);
  // Nobody knows what is there, so it is neither grey nor blown.
  for (const at of sky) {
    expect(result.data[at]).toBeGreaterThan(0.92);
    expect(result.data[at]).toBeLessThan(0.98);
  }
});

test('a curtain that moved is neither pulled nor drawn', () => {
  const curtain = { ...size, curtain: 0.5 };
  const overviews = windowBracket([
    { ...curtain, ev: -4 },
    { ...curtain, ev: -2 },
    { ...size, ev: 0 },
    { ...size, ev: 2 },
  ]);
  const photo = merged(overviews);
  const result = applyWindow(photo, overviews, planned(planWindow(overviews, photo)));
  const { parts } = renderWindowScene(curtain);
  const behind = pixelsOf('view', 2).filter((at) => parts[at] === PARTS.indexOf('curtain'));
  const open = pixelsOf('view', 2).filter((at) => parts[at] === PARTS.indexOf('view'));
  const changed = (pixels: readonly number[]) =>
    pixels.filter((at) => mostChanged(photo, result, [at]) > 8).length / pixels.length;
  expect(changed(behind)).toBeLessThan(0.03);
  expect(changed(open)).toBeGreaterThan(0.9);
});

test('a curtain that only the exposure of the view has is not drawn', () => {
  const overviews = windowBracket([
    { ...size, curtain: 0.5, ev: -4 },
    { ...size, ev: -0.8 },
    { ...size, ev: 0 },
  ]);
  const photo = merged(overviews);
  const plan = planned(planWindow(overviews, photo));
  expect(plan.views.map(({ source }) => source)).toContain(0);
  const result = applyWindow(photo, overviews, plan);
  const { parts } = renderWindowScene({ ...size, curtain: 0.5 });
  const before = lumaOf(photo);
  const behind = pixelsOf('view', 2).filter((at) => parts[at] === PARTS.indexOf('curtain'));
  const after = lumaOf(result);
  // Shown through the exposure with the curtain these would be darker than the room's wall.
  const darkened = behind.filter((at) => (before.data[at] ?? 0) - (after.data[at] ?? 0) > 0.25);
  expect(darkened.length / behind.length).toBeLessThan(0.02);
});

test.each([
  ['one exposure', bracket([0]), 'There is only one exposure.'],
  ['no darker one', bracket([0, 2]), 'No exposure is darker than the one that shows the room.'],
  ['five times the same', bracket([0, 0, 0, 0, 0]), 'No exposure is darker'],
  ['a night outside', bracket([-2, 0, 2], { outside: 0 }), 'No window is blown out.'],
  ['dusk outside', bracket([-2, 0, 2], { outside: 0.03 }), 'No window is blown out.'],
  [
    'a lamp and no window',
    bracket([-4, -2, 0, 2], { hasWindow: false }),
    'No window is blown out.',
  ],
])('there is no plan but a reason for %s', (_, overviews, reason) => {
  const [first] = overviews;
  if (first === undefined) throw new Error('no exposure');
  const photo = overviews.length > 1 ? merged(overviews) : first.picture;
  const outcome = planWindow(overviews, photo);
  expect(outcome.plan).toBeNull();
  expect(outcome).toHaveProperty('reason', expect.stringContaining(reason));
});

test('a photo of another size than its exposures is refused', () => {
  const overviews = bracket([-2, 0]);
  const photo = pictureOf(20, 10, () => [0.5, 0.5, 0.5]);
  expect(planWindow(overviews, photo)).toEqual({
    plan: null,
    reason: 'The exposures are not of one size.',
  });
});

test.each([
  ['1 x 1', 1, 1, [0.2, 0.9]],
  ['2 x 1', 2, 1, [0.1, 1]],
  ['black', 60, 40, [0, 0, 0]],
  ['white', 60, 40, [1, 1, 1]],
  ['black to white', 60, 40, [0, 0.5, 1]],
])('nothing happens to %s pictures', (_, width, height, values) => {
  const overviews = values.map((value, frame): Overview => {
    const picture = pictureOf(width, height, () => [value, value, value]);
    return { frame, name: '', picture, luma: lumaOf(picture), scale: 1 };
  });
  const photo = pictureOf(width, height, () => [0.5, 0.5, 0.5]);
  expect(planWindow(overviews, photo).plan).toBeNull();
});
