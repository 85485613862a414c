import { expect, test } from 'vitest';
import { createPicture, lumaOf, type Picture } from '../pixels/picture.ts';
import { createRandom } from '../testing/random.ts';
import { photographRoom, type RoomShot } from '../testing/tilted-room.ts';
import { cameraFor } from './camera.ts';
import { composeGeometry } from './compose.ts';
import { UNKNOWN_LENS } from './estimate-frame.ts';
import { planVerticals, type Upright } from './plan-verticals.ts';
import { tiltOf } from './tilt-of.ts';
import { warpPicture } from './warp.ts';

const SIZE = { width: 540, height: 360 };

function planOf(picture: Picture, focal: number | null, strength = 1): Upright {
  const camera = cameraFor(picture, { ...picture, left: 0, top: 0 }, focal && focal * 36);
  return planVerticals(picture, camera, { lens: UNKNOWN_LENS, strength });
}

function shoot(shot: Omit<RoomShot, 'width' | 'height'>): Picture {
  return photographRoom({ ...SIZE, ...shot });
}

test.each([
  { pitch: 4, roll: 1.5 },
  { pitch: -6, roll: -4 },
  { pitch: 6.5, roll: 4.5 },
  { pitch: 1, roll: 0 },
  { pitch: 0, roll: -0.5 },
  { pitch: 5, roll: 2, yaw: -10 },
  { pitch: -3, roll: 1, yaw: 40, focal: 0.9 },
  { pitch: 3, roll: -2, focal: 0.5 },
])('a room tilted by $pitch and $roll degrees is measured and made upright', (shot) => {
  const picture = shoot(shot);
  const plan = planOf(picture, shot.focal ?? 0.67);
  if (!plan.correct) throw new Error(plan.why);
  expect(Math.abs(plan.tilt.pitch - shot.pitch)).toBeLessThan(0.15);
  expect(Math.abs(plan.tilt.roll - shot.roll)).toBeLessThan(0.05);
  const upright = warpPicture(picture, composeGeometry(picture, null, plan.toUpright));
  expect(tiltOf(lumaOf(upright)) ?? 9).toBeLessThan(0.25);
  expect(upright.width / upright.height).toBeCloseTo(1.5, 1);
});

test('the focal length need not be known for verticals to become upright', () => {
  const picture = shoot({ pitch: 5, roll: -1, focal: 0.5 });
  const plan = planOf(picture, null);
  if (!plan.correct) throw new Error(plan.why);
  const upright = warpPicture(picture, composeGeometry(picture, null, plan.toUpright));
  expect(tiltOf(lumaOf(upright)) ?? 9).toBeLessThan(0.25);
});

test.each([
  [9, 0],
  [-9, 2],
  [1, 7],
  [0, -8],
])('pitch %f, roll %f: shoot it again', (pitch, roll) => {
  expect(planOf(shoot({ pitch, roll }), 0.67)).toMatchObject({ correct: false, why: 'reshoot' });
});

test.each([
  { pitch: 0, roll: 0 },
  { pitch: 0.1, roll: -0.05, yaw: 5 },
])('an upright room stays as it is', (shot) => {
  expect(planOf(shoot(shot), 0.67)).toMatchObject({ correct: false, why: 'upright' });
});

test('half the strength takes half the tilt', () => {
  const picture = shoot({ pitch: 4, roll: 2 });
  const plan = planOf(picture, 0.67, 0.5);
  if (!plan.correct) throw new Error(plan.why);
  const half = warpPicture(picture, composeGeometry(picture, null, plan.toUpright));
  // The crop moves the axis a little, so the angles are not halved exactly.
  const left = planOf(half, (0.67 * picture.width) / half.width);
  expect(Math.abs((left.tilt?.pitch ?? 0) - 2)).toBeLessThan(0.3);
  expect(Math.abs((left.tilt?.roll ?? 0) - 1)).toBeLessThan(0.15);
});

test('the same picture gives the same plan', () => {
  const shot = { pitch: 3, roll: 1 };
  expect(planOf(shoot(shot), null)).toEqual(planOf(shoot(shot), null));
});

test('what has no verticals is left alone', () => {
  const random = createRandom(2);
  const grain = createPicture(300, 200);
  for (let i = 0; i < grain.data.length; i++) grain.data[i] = 65535 * random();
  const white = createPicture(300, 200);
  white.data.fill(65535);
  const pictures = [
    grain,
    white,
    createPicture(300, 200),
    createPicture(1, 1),
    createPicture(2, 900),
  ];
  for (const picture of pictures) {
    expect(planOf(picture, null)).toMatchObject({ correct: false, why: 'unsure' });
    expect(tiltOf(lumaOf(picture))).toBeNull();
  }
});
