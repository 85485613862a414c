import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quadOf, wholeFrame } from './projection.ts';
import {
  fitScale,
  panBy,
  placePhoto,
  placeSide,
  readView,
  scaleOf,
  sharedPart,
  type View,
  viewText,
  visiblePart,
  zoomAt,
} from './view.ts';

const photo = { width: 6000, height: 4000 };
const stage = { width: 1200, height: 700 };
const frame = { photo, stage };

it('fits whole and centred', () => {
  expect(placePhoto('fit', photo, stage)).toEqual({ x: 75, y: 0, width: 1050, height: 700 });
  expect(visiblePart(placePhoto('fit', photo, stage), stage).width).toBe(1050);
});

it('an exposure lies on the result although aligning cut its edges off', () => {
  const shows = { x: 60 / 6000, y: 40 / 4000, width: 5900 / 6000, height: 3930 / 4000 };
  const box = placePhoto('fit', { width: 5900, height: 3930 }, stage);
  const before = placeSide(box, quadOf(shows));
  // The result's first and last pixel are where the exposure shows the same pixels.
  expect(before.x + (60 / 6000) * before.width).toBeCloseTo(box.x);
  expect(before.y + (40 / 4000) * before.height).toBeCloseTo(box.y);
  expect(before.x + (5960 / 6000) * before.width).toBeCloseTo(box.x + box.width);
  expect(before.y + (3970 / 4000) * before.height).toBeCloseTo(box.y + box.height);
  expect(placeSide(box)).toEqual(box);
});

it('of two versions that were cropped differently the same point lies at the same place', () => {
  const right = { x: 0.1, y: 0.2, width: 0.8, height: 0.7 };
  const left = { x: 0.05, y: 0.1, width: 0.9, height: 0.9 };
  const box = placePhoto({ scale: 2, center: { x: 0.3, y: 0.6 } }, photo, stage);
  const other = placeSide(box, quadOf(right), quadOf(left));
  // The middle of the camera's frame, by hand: 0.4/0.8 across the one, 0.45/0.9 across the other.
  expect(other.x + 0.5 * other.width).toBeCloseTo(box.x + 0.5 * box.width);
  expect(other.y + (0.4 / 0.9) * other.height).toBeCloseTo(box.y + (0.3 / 0.7) * box.height);
});

it('knows which part of one picture the other shows, too', () => {
  const own = { x: 0.2, y: 0, width: 0.8, height: 0.5 };
  const other = { x: 0, y: 0.25, width: 0.6, height: 0.75 };
  // Of the frame both show 0.2 to 0.6 across and 0.25 to 0.5 down; the other one goes on to the left and below.
  const [from, , to] = sharedPart(quadOf(own), quadOf(other));
  expect(from.x).toBeCloseTo(-0.25);
  expect(from.y).toBeCloseTo(0.5);
  expect(to.x).toBeCloseTo(0.5);
  expect(to.y).toBeCloseTo(2);
  expect(sharedPart(wholeFrame, quadOf(own))).toEqual(quadOf(own));
});

it('a photo smaller than the stage is enlarged to fit', () => {
  expect(fitScale({ width: 480, height: 320 }, stage)).toBeCloseTo(2.1875);
});

const point = fc.record({
  x: fc.double({ min: 300, max: 900, noNaN: true }),
  y: fc.double({ min: 200, max: 500, noNaN: true }),
});

it('what is under the pointer stays there while zooming in', () => {
  fc.assert(
    fc.property(point, fc.double({ min: 0.4, max: 8, noNaN: true }), (at, scale) => {
      const before = placePhoto('fit', photo, stage);
      const after = placePhoto(zoomAt('fit', frame, { scale, at }), photo, stage);
      const place = (box: typeof before) => (at.x - box.x) / box.width;
      expect(Math.abs(place(before) - place(after)) * after.width).toBeLessThan(0.5);
    }),
  );
});

it('never shows past the edge of the photo, however far it is panned', () => {
  const far = fc.double({ min: -50_000, max: 50_000, noNaN: true });
  fc.assert(
    fc.property(far, far, (x, y) => {
      const view = panBy({ scale: 1, center: { x: 0.5, y: 0.5 } }, frame, { x, y });
      const box = placePhoto(view, photo, stage);
      expect(box.x).toBeLessThanOrEqual(1e-6);
      expect(box.x + box.width).toBeGreaterThanOrEqual(stage.width - 1e-6);
    }),
  );
});

it('zooming out ends at fit', () => {
  const view: View = { scale: 1, center: { x: 0.2, y: 0.2 } };
  expect(zoomAt(view, frame, { scale: 0.01, at: { x: 0, y: 0 } })).toBe('fit');
});

it('keeps the middle when the window changes', () => {
  const view: View = { scale: 1, center: { x: 0.3, y: 0.6 } };
  const small = { width: 400, height: 300 };
  const box = placePhoto(view, photo, small);
  expect((small.width / 2 - box.x) / box.width).toBeCloseTo(0.3);
  expect(scaleOf(view, photo, small)).toBe(1);
});

it('an address keeps how the stage is zoomed, and no nonsense', () => {
  expect(viewText('fit')).toBe(undefined);
  expect(viewText({ scale: 1 / 3, center: { x: 0.5, y: 0.123456 } })).toBe('0.33333_0.5_0.12346');
  const near = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 8, noNaN: true }), near, near, (scale, x, y) => {
      const read = readView(viewText({ scale, center: { x, y } }) ?? null);
      if (read === 'fit') throw new Error('the zoom was lost');
      expect(read.scale).toBeCloseTo(scale, 3);
      expect(read.center.x).toBeCloseTo(x, 3);
      expect(read.center.y).toBeCloseTo(y, 3);
    }),
  );
  for (const text of [null, '', '0_0_0', '1_0.5', 'NaN_0_0', '1e9_0_0', '100_0_0', '1_0_0_0'])
    expect(readView(text), String(text)).toBe('fit');
});
