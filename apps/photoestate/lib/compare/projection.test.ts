import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  between,
  cssMatrix,
  drawnSize,
  inPixels,
  inverted,
  isConvex,
  isCovering,
  isUpright,
  project,
  projectQuad,
  type Quad,
  quadOf,
  wholeFrame,
} from './projection.ts';

const near = (a: Quad, b: Quad, digits = 9) =>
  a.forEach((corner, index) => {
    expect(corner.x).toBeCloseTo(b[index]?.x ?? Number.NaN, digits);
    expect(corner.y).toBeCloseTo(b[index]?.y ?? Number.NaN, digits);
  });

it('two pictures of the whole frame, or of the same part of it, lie on each other', () => {
  expect(projectQuad(between(), wholeFrame)).toEqual(wholeFrame);
  const part: Quad = [
    { x: 0.05, y: 0.02 },
    { x: 0.97, y: 0.06 },
    { x: 0.9, y: 0.95 },
    { x: 0.1, y: 0.99 },
  ];
  near(projectQuad(between(part, part), wholeFrame), wholeFrame);
  expect(isUpright(between())).toBe(true);
});

it('of an upright crop it is the box: the whole frame reaches beyond it on every side', () => {
  const there = between(wholeFrame, quadOf({ x: 0.2, y: 0.25, width: 0.5, height: 0.5 }));
  expect(isUpright(there)).toBe(true);
  near(projectQuad(there, wholeFrame), quadOf({ x: -0.4, y: -0.5, width: 2, height: 2 }));
});

/** Where a camera with a focal length of 0.67 widths, tilted down, sees a point of an upright view of 3:2. */
function seenTilted({ x, y }: { x: number; y: number }, degrees: number) {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const [right, down, ahead] = [(x - 0.5) * 0.8, ((y - 0.5) * 0.8) / 1.5 + 0.06, 0.67];
  const depth = cos * ahead + sin * down;
  const height = cos * down - sin * ahead;
  return { x: 0.5 + (0.67 * right) / depth, y: 0.5 + (0.67 * 1.5 * height) / depth };
}

it('of a tilted camera every point comes to lie where it is upright, not the corners alone', () => {
  const at = (x: number, y: number) => seenTilted({ x, y }, 5);
  const there = between(wholeFrame, [at(0, 0), at(1, 0), at(1, 1), at(0, 1)]);
  expect(isUpright(there)).toBe(false);
  for (const [x, y] of [
    [0.5, 0.5],
    [0.1, 0.7],
    [0.9, 0.2],
  ] as const) {
    const { x: u, y: v } = project(there, at(x, y));
    expect(u).toBeCloseTo(x, 9);
    expect(v).toBeCloseTo(y, 9);
  }
});

const part = fc
  .array(fc.double({ min: 0, max: 0.2, noNaN: true }), { minLength: 8, maxLength: 8 })
  .map(
    ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0]): Quad => [
      { x: a, y: b },
      { x: 1 - c, y: d },
      { x: 1 - e, y: 1 - f },
      { x: g, y: 1 - h },
    ],
  );

it('there and back again, whatever both show', () => {
  fc.assert(
    fc.property(part, part, (own, other) => {
      const there = between(own, other);
      near(projectQuad(inverted(there), projectQuad(there, wholeFrame)), wholeFrame, 6);
      // What the other one shows of the frame is what lies in its corners.
      near(projectQuad(between(wholeFrame, other), other), wholeFrame, 6);
      expect(isCovering(between(wholeFrame, other), 1e-6)).toBe(true);
    }),
  );
});

it('knows when a part of the other one stays bare', () => {
  const cut = quadOf({ x: 0.1, y: 0, width: 0.9, height: 1 });
  expect(isCovering(between(cut, wholeFrame), 0)).toBe(false);
  expect(isCovering(between(wholeFrame, cut), 1e-9)).toBe(true);
  expect(isCovering(between(cut, cut), 1e-9)).toBe(true);
  // A ninth of the one is a tenth of the other.
  expect(isCovering(between(cut, wholeFrame), 0.12)).toBe(true);
});

it('four corners are those of a picture in one order alone, and when none is pushed in', () => {
  const [a, b, c, d] = wholeFrame;
  expect(isConvex(wholeFrame)).toBe(true);
  expect(isConvex([a, d, c, b])).toBe(false);
  expect(isConvex([a, c, b, d])).toBe(false);
  expect(isConvex([a, b, { x: 0.3, y: 0.3 }, d])).toBe(false);
  expect(isConvex([a, a, c, d])).toBe(false);
});

it('says in pixels, and in CSS by columns, what it says in shares', () => {
  const there = between(wholeFrame, quadOf({ x: 0.25, y: 0, width: 0.5, height: 1 }));
  const on = { width: 300, height: 200 };
  const size = drawnSize(there, on);
  expect(size).toEqual({ width: 600, height: 200 });
  const matrix = inPixels(there, size, on);
  expect(project(matrix, { x: 300, y: 100 })).toEqual({ x: 150, y: 100 });
  expect(cssMatrix([1, 2, 3, 4, 5, 6, 7, 8, 2])).toBe(
    'matrix3d(0.5, 2, 0, 3.5, 1, 2.5, 0, 4, 0, 0, 1, 0, 1.5, 3, 0, 1)',
  );
});
