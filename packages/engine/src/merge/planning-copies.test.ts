import { expect, test } from 'vitest';
import { lumaOf } from '../pixels/picture.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { createRandom } from '../testing/random.ts';
import { overviewOfPicture } from '../testing/views.ts';
import { halfOf, planningCopies } from './planning-copies.ts';

const sized = (width: number, height: number) =>
  overviewOfPicture(pictureOf(width, height, () => [0.2, 0.4, 0.6]));

test('pictures are planned on half their size where that is as large as the reference', () => {
  const sizes = [sized(1000, 680), sized(1000, 679), sized(500, 1600)].map((overview) => {
    const [copy] = planningCopies([overview]);
    return [copy?.luma.width, copy?.luma.height, copy?.scale];
  });
  expect(sizes).toEqual([
    [500, 340, 2],
    [1000, 679, 1],
    [500, 1600, 1],
  ]);
  expect(planningCopies([])).toEqual([]);
});

test('a pixel is the mean of those it stands for', () => {
  // Red counts up from 0 to 5, a thousand each.
  const picture = { width: 3, height: 2, data: new Uint16Array(18) };
  for (let i = 0; i < 6; i++) picture.data[3 * i] = 1000 * i;
  const { picture: half, luma } = halfOf(overviewOfPicture(picture));
  expect([half.width, half.height]).toEqual([2, 1]);
  expect([...half.data]).toEqual([2000, 0, 0, 3500, 0, 0]);
  expect(luma.data[0]).toBeCloseTo((0.2126 * 2000) / 65_535, 7);
});

test.each([
  [8, 6],
  [7, 5],
  [1, 1],
  [1, 4],
  [5, 1],
])('luma of %i x %i pixels belongs to the colours', (width, height) => {
  const random = createRandom(3);
  const picture = pictureOf(width, height, () => [random(), random(), random()]);
  const half = halfOf(overviewOfPicture(picture));
  const { data } = lumaOf(half.picture);
  expect(data).toHaveLength(half.luma.data.length);
  for (const [i, value] of data.entries()) expect(half.luma.data[i]).toBeCloseTo(value, 4);
});
