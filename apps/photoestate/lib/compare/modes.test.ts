import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cornerAt, panesOf } from './modes.ts';
import { project, quadOf } from './projection.ts';
import { panBy, placePhoto, placeSide, type View, zoomAt } from './view.ts';

const photo = { width: 6000, height: 4000 };

it('two pictures lie where both are larger: beside each other on a desk, above on a phone', () => {
  expect(panesOf(true, { width: 1202, height: 400 }, photo)).toEqual([
    { x: 0, y: 0, width: 600, height: 400 },
    { x: 602, y: 0, width: 600, height: 400 },
  ]);
  expect(panesOf(true, { width: 390, height: 502 }, photo)).toEqual([
    { x: 0, y: 0, width: 390, height: 250 },
    { x: 0, y: 252, width: 390, height: 250 },
  ]);
  expect(panesOf(false, { width: 390, height: 500 }, photo)).toHaveLength(1);
});

it('a finger counts from the corner of the picture that it lies on', () => {
  const panes = panesOf(true, { width: 1202, height: 400 }, photo);
  expect(cornerAt(panes, { x: 700, y: 50 })).toEqual({ x: 602, y: 0 });
  expect(cornerAt(panes, { x: 601, y: 50 })).toEqual({ x: 0, y: 0 });
});

const share = fc.double({ min: 0, max: 0.2, noNaN: true });
const crop = fc
  .tuple(share, share, share, share)
  .map(([x, y, right, bottom]) => ({ x, y, width: 1 - x - right, height: 1 - y - bottom }));
const act = fc.oneof(
  fc.record({
    scale: fc.double({ min: 0.05, max: 2, noNaN: true }),
    at: fc.record({ x: fc.integer({ min: 0, max: 600 }), y: fc.integer({ min: 0, max: 700 }) }),
  }),
  fc.record({
    by: fc.record({
      x: fc.integer({ min: -3000, max: 3000 }),
      y: fc.integer({ min: -3000, max: 3000 }),
    }),
  }),
);

it('however it is zoomed (to 200 %) and panned, both sides show one point at one place', () => {
  const [pane = { width: 0, height: 0 }] = panesOf(true, { width: 1202, height: 700 }, photo);
  const frame = { photo, stage: pane };
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), crop, crop, (acts, right, left) => {
      let view: View = 'fit';
      for (const step of acts) {
        view = 'by' in step ? panBy(view, frame, step.by) : zoomAt(view, frame, step);
      }
      const box = placePhoto(view, photo, pane);
      const other = placeSide(box, quadOf(right), quadOf(left));
      for (const spot of [0.25, 0.5, 0.75]) {
        const here = box.x + ((spot - right.x) / right.width) * box.width;
        const there = other.x + ((spot - left.x) / left.width) * other.width;
        expect(Math.abs(here - there)).toBeLessThan(0.5);
      }
    }),
  );
});

const corner = fc.tuple(fc.double({ min: 0, max: 0.15, noNaN: true }), share);
/** A frame as a tilted camera saw what is upright: each corner moved inwards by its own. */
const tilted = fc.tuple(corner, corner, corner, corner).map(
  ([a, b, c, d]) =>
    [
      { x: a[0], y: a[1] },
      { x: 1 - b[0], y: b[1] },
      { x: 1 - c[0], y: 1 - c[1] },
      { x: d[0], y: 1 - d[1] },
    ] as const,
);

it('the original stays on a straightened photo at every zoom: its corners lie in the corners', () => {
  const stage = { width: 1202, height: 700 };
  const frame = { photo, stage };
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), tilted, (acts, shown) => {
      let view: View = 'fit';
      for (const step of acts) {
        view = 'by' in step ? panBy(view, frame, step.by) : zoomAt(view, frame, step);
      }
      const box = placePhoto(view, photo, stage);
      const place = placeSide(box, shown);
      const tilt = place.tilt ?? ([1, 0, 0, 0, 1, 0, 0, 0, 1] as const);
      const corners = quadOf(box);
      shown.forEach(({ x, y }, index) => {
        // The browser's way: from the picture's own pixels, by its matrix, from its corner on.
        const at = project(tilt, { x: x * place.width, y: y * place.height });
        const wanted = corners[index] ?? { x: Number.NaN, y: Number.NaN };
        expect(Math.abs(place.x + at.x - wanted.x)).toBeLessThan(0.01);
        expect(Math.abs(place.y + at.y - wanted.y)).toBeLessThan(0.01);
      });
    }),
  );
});
