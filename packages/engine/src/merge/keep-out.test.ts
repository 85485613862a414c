import { expect, test } from 'vitest';
import { ghostMasks } from '../ghost/ghost-masks.ts';
import { createPicture, createPlane, lumaOf, type Picture, type Plane } from '../pixels/picture.ts';
import { linearToSrgb } from '../pixels/srgb.ts';
import type { Overview } from '../plan/plan.ts';
import { renderInterior } from '../testing/interior.ts';
import { fuseOverviews } from './fuse-overviews.ts';
import { keepOut } from './keep-out.ts';
import { planFusion } from './plan-fusion.ts';

const { width, height, radiance } = renderInterior(480, 320, 2);
const PERSON = { left: 150, top: 90, right: 210, bottom: 290 };

function exposed(ev: number, person: boolean): Picture {
  const picture = createPicture(width, height);
  for (let i = 0; i < picture.data.length; i++) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    const { left, top, right, bottom } = PERSON;
    const inside = person && x >= left && x < right && y >= top && y < bottom;
    const light = inside ? ([0.02, 0.02, 0.05][i % 3] ?? 0) : (radiance[i] as number);
    picture.data[i] = Math.round(linearToSrgb(Math.min(1, light * 2 ** ev)) * 65535);
  }
  return picture;
}

function bracket(personIn: number | null): Overview[] {
  return [-2, 0, 2].map((ev, frame) => {
    const picture = exposed(ev, frame === personIn);
    return { frame, name: `${frame}`, picture, luma: lumaOf(picture), scale: 1 };
  });
}

function fused(overviews: readonly Overview[]): Plane {
  const { masks } = ghostMasks(overviews, 1);
  return lumaOf(fuseOverviews(overviews, planFusion(overviews, masks)));
}

test('somebody who stood in one exposure does not shine through', () => {
  const [empty, person] = [fused(bracket(null)), fused(bracket(2))];
  const [left, right] = [PERSON.left + 8, PERSON.right - 8];
  let [sum, count] = [0, 0];
  for (let y = PERSON.top + 8; y < PERSON.bottom - 8; y++)
    for (let x = left; x < right; x++, count++)
      sum += Math.abs((empty.data[y * width + x] ?? 0) - (person.data[y * width + x] ?? 0));
  // Fewer exposures make another brightness; a person would make 0.3 of difference.
  expect(sum / count).toBeLessThan(0.08);
});

test('the others take over in their own proportions, at every level', () => {
  const planes = (value: number) => [16, 8, 4].map((size) => filled(size, value));
  const weights = [planes(0.5), planes(0.25), planes(0.25)];
  const mask = filled(16, 1);
  mask.data[5 * 16 + 5] = 0;
  keepOut(weights, [mask, null, null]);
  const at = (k: number, level: number, x: number, y: number) => {
    const plane = weights[k]?.[level] as Plane;
    return plane.data[y * plane.width + x];
  };
  expect([at(0, 0, 5, 5), at(1, 0, 5, 5), at(2, 0, 5, 5)]).toEqual([0, 0.5, 0.5]);
  expect([at(0, 0, 7, 7), at(1, 0, 7, 7)]).toEqual([0, 0.5]);
  expect([at(0, 0, 8, 5), at(1, 0, 8, 5)]).toEqual([0.5, 0.25]);
  // One pixel of sixteen: the coarse level hardly minds it.
  expect(at(0, 2, 1, 1)).toBeGreaterThan(0.45);
  expect(at(0, 1, 7, 7)).toBe(0.5);
});

function filled(size: number, value: number): Plane {
  const plane = createPlane(size, size);
  plane.data.fill(value);
  return plane;
}
