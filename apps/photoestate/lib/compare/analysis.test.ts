import { expect, it } from 'vitest';
import { clippingMask, differenceOf, histogramOf, laidOn, outlineOf, peakOf } from './analysis.ts';
import { between, inverted, quadOf, wholeFrame } from './projection.ts';

/** Two rows of three pixels, opaque. */
function picture(...colours: [number, number, number][]) {
  const data = new Uint8ClampedArray(colours.flatMap((colour) => [...colour, 255]));
  return { data, width: 3, height: colours.length / 3 };
}

const six = picture(
  [0, 128, 255],
  [10, 10, 10],
  [10, 200, 30],
  [254, 120, 90],
  [255, 255, 255],
  [1, 1, 0],
);

/** The codes that occur, with their numbers. */
const codes = (counts: Uint32Array) =>
  Object.fromEntries([...counts].flatMap((count, code) => (count > 0 ? [[code, count]] : [])));

it('counts each colour and the luma, by hand', () => {
  const { red, green, blue, luma } = histogramOf(six, wholeFrame);
  expect(codes(red)).toEqual({ 0: 1, 1: 1, 10: 2, 254: 1, 255: 1 });
  expect(codes(green)).toEqual({ 1: 1, 10: 1, 120: 1, 128: 1, 200: 1, 255: 1 });
  expect(codes(blue)).toEqual({ 0: 1, 10: 1, 30: 1, 90: 1, 255: 2 });
  // 0.2126 R + 0.7152 G + 0.0722 B: 109.96, 10, 147.3, 146.3, 255, 0.9.
  expect(codes(luma)).toEqual({ 0: 1, 10: 1, 109: 1, 146: 1, 147: 1, 255: 1 });
});

it('counts what is lost at either end, of the part that is asked for alone', () => {
  // First, fourth and fifth are at the upper end, the last at the lower one; a blue is no shadow.
  const all = histogramOf(six, wholeFrame);
  expect([all.highlights, all.shadows]).toEqual([3 / 6, 1 / 6]);
  const right = histogramOf(six, quadOf({ x: 1 / 3, y: 0, width: 2 / 3, height: 1 }));
  expect([right.highlights, right.shadows]).toEqual([1 / 4, 1 / 4]);
  expect(codes(right.red)).toEqual({ 1: 1, 10: 2, 255: 1 });
});

it('lays red over lost highlights and blue over lost shadows, and nothing over the rest', () => {
  const { data } = clippingMask(six);
  const at = (index: number) => [...data.slice(index * 4, index * 4 + 4)];
  const [red, blue, clear] = [
    [255, 46, 46, 255],
    [46, 110, 255, 255],
    [0, 0, 0, 0],
  ];
  expect([0, 1, 2, 3, 4, 5].map(at)).toEqual([red, clear, clear, red, red, blue]);
});

it('measures a difference by hand', () => {
  const a = picture([100, 100, 100], [50, 60, 70], [0, 0, 0]);
  const b = picture([100, 100, 100], [54, 52, 70], [255, 0, 9]);
  // 0, (4 + 8 + 0) and (255 + 0 + 9): 276 over nine colours. Eight codes are not yet a change.
  expect(differenceOf(a, b)).toEqual({ mean: 276 / 9, changed: 1 / 3 });
  expect(differenceOf(a, a)).toEqual({ mean: 0, changed: 0 });
});

it('counts what lies between slanting edges, and nothing of what lies beyond the picture', () => {
  // From the upper edge's middle pixel on, and of the lower row the last pixel alone; it reaches far out.
  const slanting = histogramOf(six, [
    { x: 0, y: -0.5 },
    { x: 3, y: -0.5 },
    { x: 3, y: 2 },
    { x: 1, y: 1.5 },
  ]);
  expect(codes(slanting.red)).toEqual({ 1: 1, 10: 2 });
  expect([slanting.highlights, slanting.shadows]).toEqual([0, 1 / 3]);
});

it('lays a picture on another one: the same pixels where they agree, clear where it shows nothing', () => {
  const identity = between();
  expect(laidOn(six, identity, six)).toEqual(six);
  // The other one shows the frame from a third on, and as much again beyond it.
  const part = quadOf({ x: 1 / 3, y: 0, width: 1, height: 1 });
  const { data } = laidOn(six, inverted(between(wholeFrame, part)), six);
  const at = (index: number) => [...data.slice(index * 4, index * 4 + 4)];
  expect([0, 1, 2].map(at)).toEqual([
    [10, 10, 10, 255],
    [10, 200, 30, 255],
    [0, 0, 0, 0],
  ]);
  // A canvas gives what it shows by getters.
  const { data: codesOfSix } = six;
  class Given {
    get data() {
      return codesOfSix;
    }
    get width() {
      return 3;
    }
    get height() {
      return 2;
    }
  }
  expect(laidOn(new Given(), identity, six)).toEqual(six);
  // Half a pixel off is half of each.
  const half = quadOf({ x: 1 / 6, y: 0, width: 1, height: 1 });
  const [first] = laidOn(six, inverted(between(wholeFrame, half)), six).data;
  expect(first).toBe(5);
});

it('where one of two shows nothing, there is no difference', () => {
  const a = picture([100, 100, 100], [50, 60, 70], [0, 0, 0]);
  a.data[11] = 0;
  const b = picture([100, 100, 100], [50, 60, 90], [255, 0, 9]);
  expect(differenceOf(a, b)).toEqual({ mean: 20 / 6, changed: 1 / 2 });
});

it('draws as high as the middle asks, and cuts off the ends', () => {
  const counts = new Uint32Array(256);
  counts[255] = 1000;
  counts[100] = 40;
  counts[101] = 10;
  const flat = new Uint32Array(256);
  expect(peakOf([{ red: counts, green: flat, blue: flat }])).toBe(40);
  const path = outlineOf(counts, 40, 64);
  expect(path).toContain('L100 0L101 48L102 64');
  expect(path).toMatch(/L254 64L255 0L255 64Z$/);
});
