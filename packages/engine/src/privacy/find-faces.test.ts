import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { createPicture, type Picture } from '../pixels/picture.ts';
import { expose } from '../testing/bracket.ts';
import { type DrawnFace, drawPeople } from '../testing/faces.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { renderInterior } from '../testing/interior.ts';
import { createRandom } from '../testing/random.ts';
import { applyPrivacy } from './apply-privacy.ts';
import { type FaceModel, loadFaceModel } from './face-model.ts';
import { findFaces } from './find-faces.ts';
import { planPrivacy } from './plan-privacy.ts';

let pool: Pool;
let model: FaceModel;

beforeAll(async () => {
  pool = await Pool.start(new Arena(), 2);
  model = await loadFaceModel();
});

afterAll(async () => {
  await pool.stop();
});

const SIZE = { width: 320, height: 200 };
const PEOPLE: readonly DrawnFace[] = [
  { x: 70, y: 80, size: 40 },
  { x: 190, y: 90, size: 22 },
  { x: 280, y: 100, size: 11 },
];

/** As far from a face as a face is wide, and at its eyes the box has to be. */
function covers(
  box: { left: number; top: number; width: number; height: number },
  face: DrawnFace,
) {
  const { x, y, size } = face;
  return (
    box.left < x - 0.5 * size &&
    box.left + box.width > x + 0.5 * size &&
    box.top < y - 0.4 * size &&
    box.top + box.height > y + 0.75 * size
  );
}

describe('faces', () => {
  it('are found large and small, each once, with their place and size', async () => {
    const faces = await findFaces(pool, model, drawPeople(SIZE, PEOPLE));
    faces.sort((a, b) => a.x - b.x);
    expect(faces).toHaveLength(PEOPLE.length);
    for (const [i, { x, y, size }] of PEOPLE.entries()) {
      const face = faces[i];
      expect(Math.abs((face?.x ?? 0) - x)).toBeLessThan(size * 0.15);
      expect(Math.abs((face?.y ?? 0) - y - 0.3 * size)).toBeLessThan(size * 0.2);
      expect((face?.width ?? 0) / size).toBeGreaterThan(1.2);
      expect((face?.width ?? 0) / size).toBeLessThan(1.8);
      expect(face?.score).toBeGreaterThan(0.57);
    }
  });

  it('are found in the dark and at the edge', async () => {
    const picture = drawPeople({ width: 200, height: 140 }, [{ x: 30, y: 70, size: 28 }]);
    const dark = { ...picture, data: picture.data.map((code) => code * 0.3) };
    expect(await findFaces(pool, model, dark)).toHaveLength(1);
  });

  it('are the same for any number of threads', async () => {
    const picture = drawPeople(SIZE, PEOPLE);
    const alone = await Pool.start(new Arena(), 1);
    expect(await findFaces(alone, model, picture)).toEqual(await findFaces(pool, model, picture));
    await alone.stop();
  });
});

/** A disk with five dark holes at random: some of these are faces to the network at the first look. */
function pan(seed: number): Picture {
  const random = createRandom(seed);
  const radius = 26 + 10 * random();
  const holes = Array.from({ length: 5 }, () => ({
    x: 80 + (random() - 0.5) * 36,
    y: 60 + (random() - 0.5) * 36,
    radius: 3 + 5 * random(),
    red: 0.2 + 0.2 * random(),
  }));
  return pictureOf(160, 120, (x, y) => {
    const hole = holes.findLast((each) => Math.hypot(x - each.x, y - each.y) < each.radius);
    if (hole !== undefined) return [hole.red, 0.15, 0.1];
    return Math.hypot(x - 80, y - 60) < radius ? [0.7, 0.6, 0.5] : [0.8, 0.8, 0.78];
  });
}

describe('no faces', () => {
  const random = createRandom(4);
  const room = expose(renderInterior(400, 260, 2), { ev: 0.5, seed: 1, light: [1, 1, 1] });
  it.each<[string, Picture]>([
    ['a room', { width: 400, height: 260, data: Uint16Array.from(room, (code) => code * 257) }],
    ['a pan', pan(16)],
    ['another pan', pan(21)],
    ['noise', pictureOf(160, 120, () => [random(), random(), random()])],
    ['black', createPicture(120, 90)],
    ['white', pictureOf(120, 90, () => [1, 1, 1])],
    ['one pixel', createPicture(1, 1)],
    ['a thin strip', createPicture(300, 2)],
  ])('are in %s', async (_name, picture) => {
    expect(await findFaces(pool, model, picture)).toEqual([]);
  });
});

describe('the plan', () => {
  it('has a box around each head, in full-size pixels, and those that were asked for', async () => {
    const picture = drawPeople(SIZE, PEOPLE);
    const boxes = [{ left: 0.5, top: 0.75, width: 0.25, height: 0.125 }];
    const plan = await planPrivacy({ picture, scale: 4, pool }, { enabled: true, boxes });
    expect(plan.boxes).toHaveLength(4);
    for (const { x, y, size } of PEOPLE) {
      const full = { x: 4 * x, y: 4 * y, size: 4 * size };
      expect(plan.boxes.some((box) => box.by === 'face' && covers(box, full))).toBe(true);
    }
    expect(plan.boxes.at(-1)).toEqual({ left: 640, top: 600, width: 320, height: 100, by: 'hand' });
  });

  it('leaves no face that could be found again', async () => {
    const picture = drawPeople(SIZE, PEOPLE);
    const plan = await planPrivacy({ picture, scale: 1, pool }, { enabled: true, boxes: [] });
    expect(
      await findFaces(
        pool,
        model,
        await applyPrivacy(picture, plan, { scale: 1, pause: async () => undefined }),
      ),
    ).toEqual([]);
  });
});
