import { expect, test } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { largestCrop } from './crop.ts';

type Point = [x: number, y: number];

function turnedFrame(width: number, height: number, degrees: number): Point[] {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([u = 0, v = 0]) => {
    const [x, y] = [(u * width) / 2, (v * height) / 2];
    return [x * c - y * s, x * s + y * c];
  });
}

test.each([
  [300, 200, 0],
  [300, 200, 3],
  [300, 200, -5],
  [200, 300, 4],
  [256, 256, 45],
])('a frame of %i x %i turned by %f degrees', (width, height, degrees) => {
  const box = largestCrop(turnedFrame(width, height, degrees), width / height);
  const [c, s] = [
    Math.cos((degrees * Math.PI) / 180),
    Math.abs(Math.sin((degrees * Math.PI) / 180)),
  ];
  // The corners of a box k times as large, turned back, reach k (w c + h s) / 2 and k (w s + h c) / 2.
  const share = Math.min(width / (width * c + height * s), height / (width * s + height * c));
  expect(box.width).toBeCloseTo(share * width, 2);
  expect(box.height).toBeCloseTo(share * height, 2);
});

test('a trapezium: found by hand', () => {
  // 100 wide above, 200 below, 100 high. A box of 2 : 1 and width w that stands on the base touches the
  // sides at y = w / 2 below the top's corners: 100 + (100 - w / 2) = w, so w = 400 / 3.
  const box = largestCrop(
    [
      [50, 0],
      [150, 0],
      [200, 100],
      [0, 100],
    ],
    2,
  );
  expect(box.width).toBeCloseTo(400 / 3, 2);
  expect(box.left).toBeCloseTo(100 - 200 / 3, 2);
  expect(box.top + box.height).toBeCloseTo(100, 2);
});

test('a slanting band, most of whose surroundings are empty: found by hand', () => {
  // At height y it goes from 2 y to 2 y + 100. A square of side w needs 2 w to the left, w of its own.
  const box = largestCrop(
    [
      [0, 0],
      [100, 0],
      [300, 100],
      [200, 100],
    ],
    1,
  );
  expect(box.width).toBeCloseTo(100 / 3, 2);
  expect(box.left).toBeGreaterThan(2 * (box.top + box.height) - 0.01);
});

test('nothing outside of any outline, and no larger box around any centre', () => {
  const random = createRandom(3);
  for (let trial = 0; trial < 40; trial++) {
    const corner = (x: number, y: number): Point => [
      x + 30 * (random() - 0.5),
      y + 30 * (random() - 0.5),
    ];
    const outline = [corner(0, 0), corner(150, 0), corner(150, 100), corner(0, 100)];
    const box = largestCrop(outline, 1.5);
    const inside = (x: number, y: number): boolean =>
      outline.every(([ax, ay], i) => {
        const [bx, by] = outline[(i + 1) % 4] as Point;
        return (bx - ax) * (y - ay) - (by - ay) * (x - ax) > -0.01;
      });
    const fits = (x: number, y: number, width: number): boolean =>
      inside(x - width / 2, y - width / 3) &&
      inside(x + width / 2, y - width / 3) &&
      inside(x - width / 2, y + width / 3) &&
      inside(x + width / 2, y + width / 3);
    expect(fits(box.left + box.width / 2, box.top + box.height / 2, box.width)).toBe(true);
    for (let x = 50; x <= 100; x += 2)
      for (let y = 30; y <= 70; y += 2) expect(fits(x, y, box.width + 0.02)).toBe(false);
  }
});
