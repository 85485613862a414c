import { expect, test } from 'vitest';
import { createPicture, type Picture } from '../pixels/picture.ts';
import { createRandom } from '../testing/random.ts';
import { photographRoom, type RoomShot } from '../testing/tilted-room.ts';
import { cameraFor } from './camera.ts';
import { bend, straighten } from './lens-model.ts';
import { type LensPlan, planLens } from './plan-lens.ts';
import { warpPicture } from './warp.ts';

function lensOf(picture: Picture, darkening = 0, scale = 4): LensPlan {
  const camera = cameraFor(picture, { ...picture, left: 0, top: 0 }, null);
  return planLens(picture, camera, { scale, darkening });
}

function shoot(shot: Partial<RoomShot>): Picture {
  return photographRoom({ width: 600, height: 400, pitch: 1, roll: 0.5, ...shot });
}

test('bending and straightening are each other’s inverse', () => {
  for (const k1 of [-0.08, -0.02, 0, 0.05])
    for (const r of [0, 0.3, 0.8, 1]) expect(straighten(bend(r, k1), k1)).toBeCloseTo(r, 9);
});

test.each([-0.05, -0.025, 0.02, 0.04])('distortion of %f is read from bent edges', (k1) => {
  const { lens, plumb } = lensOf(shoot({ k1 }));
  expect(Math.abs(plumb.k1 - k1)).toBeLessThan(0.007);
  expect(lens?.k1).toBe(plumb.k1);
});

test('after it is undone nothing is left to undo', () => {
  const bent = shoot({ k1: -0.04 });
  const { lens } = lensOf(bent);
  const size = { width: bent.width, height: bent.height };
  const straight = warpPicture(bent, { ...size, toPicture: [1, 0, 0, 0, 1, 0, 0, 0, 1], lens });
  expect(lensOf(straight).lens).toBeNull();
});

test.each([
  { red: 0.0018, blue: -0.0012 },
  { red: -0.0009, blue: 0.0009 },
])('red $red and blue $blue are measured', ({ red, blue }) => {
  const { lens } = lensOf(shoot({ width: 480, height: 320, rays: 5, red, blue }), 0, 12);
  expect(Math.abs((lens?.red ?? 0) - red)).toBeLessThan(0.2 * Math.abs(red));
  expect(Math.abs((lens?.blue ?? 0) - blue)).toBeLessThan(0.3 * Math.abs(blue));
});

test('a good lens, a flat wall and grain are left alone', () => {
  expect(lensOf(shoot({})).lens).toBeNull();
  const random = createRandom(9);
  const grain = createPicture(300, 200);
  for (let i = 0; i < grain.data.length; i++) grain.data[i] = 65535 * random();
  const white = createPicture(300, 200);
  white.data.fill(65535);
  for (const picture of [grain, white, createPicture(300, 200), createPicture(1, 1)])
    expect(lensOf(picture).lens).toBeNull();
});

test('a known darkening of the corners is undone: one EV means half the light', () => {
  const { lens } = lensOf(shoot({}), 1);
  const [a, b, c] = lens?.vignette ?? [0, 0, 0];
  expect(1 + a + b + c).toBeCloseTo(0.5, 9);
});
