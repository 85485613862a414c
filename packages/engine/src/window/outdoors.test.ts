import { describe, expect, test } from 'vitest';
import { fuseOverviews } from '../merge/fuse-overviews.ts';
import { planFusion } from '../merge/plan-fusion.ts';
import { lumaOf, type Picture } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import { expose } from '../testing/bracket.ts';
import { createRandom } from '../testing/random.ts';
import { applyWindow } from './apply-window.ts';
import { planWindow } from './plan-window.ts';

const [width, height] = [360, 240];

/** Linear grey light of a place; 1.0 fills the sensor at EV 0. */
type LightAt = (x: number, y: number) => number;

function bracketOf(lightAt: LightAt, evs: readonly number[] = [-4, -2, 0]): Overview[] {
  const random = createRandom(5);
  const radiance = new Float32Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const light = lightAt(i % width, Math.floor(i / width)) * (1 + 0.04 * (random() - 0.5));
    // Bright things are as cool as a sky, so that colour is no reason to refuse them.
    radiance.set(light > 1 ? [0.95 * light, light, 1.15 * light] : [light, light, light], 3 * i);
  }
  return evs.map((ev, frame) => {
    const codes = expose({ width, height, radiance }, { ev, seed: frame + 1, light: [1, 1, 1] });
    const picture: Picture = { width, height, data: Uint16Array.from(codes, (code) => code * 257) };
    return { frame, name: `${ev} EV`, picture, luma: lumaOf(picture), scale: 1 };
  });
}

function planOf(overviews: readonly Overview[]) {
  const photo = fuseOverviews(overviews, planFusion(overviews, null));
  return { photo, outcome: planWindow(overviews, photo) };
}

const random = createRandom(31);
const speckle = Float32Array.from({ length: 64 * 64 }, () => random());
/** Detail in every direction, 0..1, three pixels large. */
const grain = (x: number, y: number) =>
  speckle[(Math.floor(y / 3) % 64) * 64 + (Math.floor(x / 3) % 64)] ?? 0;
const ragged = Array.from({ length: width }, () => Math.floor(16 * random()));

/** A lit arch over a lit dome, a dark sky around both. */
function nightAt(x: number, y: number): number {
  const away = Math.hypot((x - 180) / 130, (y - 180) / 150);
  const isArch = away > 0.85 && away < 1.02 && y < 180;
  const isDome = Math.hypot((x - 180) / 70, (y - 180) / 80) < 1 && y < 180;
  const isFront =
    y >= 180 && y < 205 && x > 30 + (ragged[y] ?? 0) && x < 330 - (ragged[y + 9] ?? 0);
  if (isArch || isDome || isFront) return 2 + 8 * grain(x, y);
  return y < 205 ? 0.03 : 0.3 + 0.4 * grain(x, y);
}

/** A sky that reaches all along the upper border, above a front with a flat roof and a tree. */
function skyAt(x: number, y: number): number {
  if (Math.hypot(x - 300, y - 80) < 45 && grain(x, y) > 0.3) return 0.05;
  if (y < 60) return 12 + 4 * grain(x, y);
  return x % 60 > 20 && x % 60 < 40 && y % 50 > 15 && y % 50 < 40 ? 0.08 : 0.25 + 0.1 * grain(x, y);
}

/** Two ragged heaps of clouds before a dark sky, above a lawn. */
function cloudsAt(x: number, y: number): number {
  const isCloud = [100, 260].some((middle) => {
    const [across, down] = [(x - middle) / 65, (y - 75) / (45 - (ragged[x] ?? 0))];
    return Math.abs(across) ** 3.5 + Math.abs(down) ** 3.5 < 1;
  });
  if (isCloud) return 3 + 6 * grain(x, y);
  return y < 160 ? 0.06 : 0.2 + 0.3 * grain(x, y);
}

describe('outdoors nothing is pulled, and why is said', () => {
  test.each<[string, LightAt, string]>([
    ['a lit arch and a dome at night', nightAt, 'straight edges'],
    ['a sky above a front', skyAt, 'as a sky does'],
    ['clouds above a lawn', cloudsAt, 'straight edges'],
  ])('%s', (_, lightAt, reason) => {
    const { outcome } = planOf(bracketOf(lightAt));
    expect(outcome.plan).toBeNull();
    expect(outcome).toHaveProperty('reason', expect.stringContaining(reason));
  });
});

/** A room with a pane in which there are trees below a sky, and right beside it a white column. */
function columnAt(x: number, y: number): number {
  if (x > 150 && x < 270 && y > 40 && y < 160)
    return y < 90 ? 6 + grain(x, y) : 0.8 + 4 * grain(x, y);
  if (isColumn(x)) return 1.3 - 0.5 * Math.abs((x - 125) / 20);
  return y < 190 ? 0.08 : 0.03 + 0.05 * grain(x, y);
}

function isColumn(x: number): boolean {
  return x >= 105 && x < 145;
}

test('a white column beside a window that is pulled stays as it is', () => {
  const overviews = bracketOf(columnAt);
  const { photo, outcome } = planOf(overviews);
  if (outcome.plan === null) throw new Error(outcome.reason);
  const [before, after] = [lumaOf(photo), lumaOf(applyWindow(photo, overviews, outcome.plan))];
  let [column, pane, count] = [0, 0, 0];
  for (let y = 45; y < 155; y++) {
    for (let x = 106; x < 268; x++) {
      const change =
        255 * Math.abs((after.data[y * width + x] ?? 0) - (before.data[y * width + x] ?? 0));
      if (isColumn(x)) column = Math.max(column, change);
      if (x > 153) {
        pane += change;
        count++;
      }
    }
  }
  expect(column).toBeLessThan(8);
  expect(pane / count).toBeGreaterThan(20);
});

test('a pane that every exposure is clipped in is left white', () => {
  const room: LightAt = (x, y) => (x > 150 && x < 270 && y > 40 && y < 160 ? 90 : 0.2);
  expect(planOf(bracketOf(room)).outcome).toEqual({
    plan: null,
    reason: 'No window is blown out.',
  });
});
