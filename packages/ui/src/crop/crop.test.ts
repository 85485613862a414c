import { expect, test } from 'vitest';
import { COVER, kept, MAX_ZOOM, placeOf, pushed, squareOf } from './crop.ts';

const wide = { width: 400, height: 200 };

test('at first it is the largest square, from the middle', () => {
  expect(squareOf(COVER, wide)).toEqual({ left: 100, top: 0, side: 200 });
  expect(placeOf(COVER, wide)).toEqual({ width: 200, height: 100, left: -50, top: 0 });
});

test('what is pushed to the right shows what was left of it, and never more than there is', () => {
  expect(squareOf(pushed(COVER, { x: 0.25, y: 0.25 }, wide), wide)).toEqual({
    ...{ left: 50, top: 0, side: 200 },
  });
  expect(squareOf(pushed(COVER, { x: 9, y: -9 }, wide), wide)).toMatchObject({ left: 0, top: 0 });
  expect(squareOf(pushed(COVER, { x: -9, y: 0 }, wide), wide)).toMatchObject({ left: 200 });
});

test('further in there is room to both sides; going out again the square stays inside', () => {
  const near = kept({ ...COVER, zoom: 2 }, wide);
  expect(squareOf(near, wide)).toEqual({ left: 150, top: 50, side: 100 });
  const corner = pushed(near, { x: 9, y: 9 }, wide);
  expect(squareOf(corner, wide)).toEqual({ left: 0, top: 0, side: 100 });
  expect(squareOf(kept({ ...corner, zoom: 1 }, wide), wide)).toEqual({
    ...{ left: 0, top: 0, side: 200 },
  });
  expect(kept({ ...COVER, zoom: 99 }, wide).zoom).toBe(MAX_ZOOM);
  expect(kept({ ...COVER, zoom: 0 }, wide).zoom).toBe(1);
});
