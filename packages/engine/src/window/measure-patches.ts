import type { Picture, Plane } from '../pixels/picture.ts';
import { evenStep } from '../pixels/sample-places.ts';
import { srgbToLinear, tabulate } from '../pixels/srgb.ts';
import { label, type Mask } from './morphology.ts';
import { hullOf, type Point, squareness } from './outline.ts';
import { straightSides } from './straight-sides.ts';

/** A connected blown part of the room exposure. Lengths are pixels of the mask it was found in. */
export type Patch = {
  /** Indices of its pixels in the mask, in reading order. */
  readonly pixels: Int32Array;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Share of its border where the light falls off steeply. */
  readonly sharpness: number;
  /** How much of the tightest quadrilateral around it its hull fills, 0..1. */
  readonly squareness: number;
  /** How straight its straighter upright and its straighter level side are; see `straightSides`. */
  readonly upright: number;
  readonly level: number;
  /** Share of the picture's width that it is open to the upper border along. */
  readonly open: number;
  /** Share of it that is clipped in every exposure. */
  readonly unseen: number;
  /** Median light, in EV above where the room exposure clips. */
  readonly light: number;
  /** Mean second difference of the light along rows, in EV: a view has detail, a lamp shade has none. */
  readonly detail: number;
  /** That detail against the one along columns: what is steep one way only is a frame or a moulding. */
  readonly acrossToDown: number;
  /** How much warmer than the rest of the picture, in EV; lamps are above 0, skies below. */
  readonly warmth: number;
  /** The same against neutral grey. */
  readonly ownWarmth: number;
  /** Light that a twentieth of it is above, in EV like `light`. */
  readonly brightest: number;
};

/** Light must fall by this many EV within `REACH` pixels for a border to count as steep. */
const STEEP = 2;
const REACH = 3;

/** Detail in EV that is as good as none. */
const NO_DETAIL = 0.02;

/** Patches smaller than this share of the picture are left alone. */
const SMALLEST = 0.0004;

/** Pixels from which the colour of the room is taken, colour and detail of a patch, and its light. */
const ROOM_SAMPLES = 20_000;
const PATCH_SAMPLES = 10_000;
const VALUE_SAMPLES = 2000;

const LINEAR = tabulate(65536, srgbToLinear);

/** The light of a scene, as large as the mask, and its colour. */
export type Scene = {
  /** log2 of linear light; 0 where the room exposure clips. */
  readonly light: Plane;
  /** Which of `pictures` shows each pixel best. */
  readonly source: Uint8Array;
  /** The exposures, `factor` times as large as the mask in each direction. */
  readonly pictures: readonly Picture[];
  readonly factor: number;
  /** Light from which on every exposure is clipped. */
  readonly ceiling: number;
};

/** Measures the connected parts of `mask`, in reading order. */
export function measurePatches(mask: Mask, scene: Scene): Patch[] {
  const { light } = scene;
  const { labels, count } = label(mask);
  const smallest = SMALLEST * mask.data.length;
  const room = colorOf(roomOf(mask), mask.width, scene);
  return membersOf(labels, count)
    .filter((pixels) => pixels.length >= smallest)
    .map((pixels) => {
      const border = borderOf(pixels, labels, mask);
      const bounds = boundsOf(pixels, mask.width);
      const across = bounds.right - bounds.left + 1;
      const some = sampled(pixels, across);
      const values = valuesOf(pixels, across, light);
      const color = colorOf(some, mask.width, scene);
      const detail = detailOf(some, labels, { light, step: 1 });
      const down = detailOf(some, labels, { light, step: mask.width });
      return {
        pixels,
        ...bounds,
        ...straightSides({ pixels, ...bounds }, mask),
        open: openAbove(pixels, mask.width),
        unseen: shareFrom(values, scene.ceiling),
        sharpness: sharpnessOf(border, light),
        squareness: squareness(hullOf(border.length > 2 ? cornersOf(border, mask.width) : [])),
        light: quantile(values, 0.5),
        detail,
        acrossToDown: (detail + NO_DETAIL) / (down + NO_DETAIL),
        warmth: warmthOf(color, room),
        ownWarmth: warmthOf(color, [1, 1, 1]),
        brightest: quantile(values, 0.95),
      };
    });
}

/** Some thousand pixels of the rest of the picture. */
function roomOf({ width, data }: Mask): Int32Array {
  const step = evenStep(Math.max(1, Math.floor(data.length / ROOM_SAMPLES)), width);
  const pixels = new Int32Array(Math.ceil(data.length / step));
  let count = 0;
  for (let i = 0; i < data.length; i += step) if (data[i] === 0) pixels[count++] = i;
  return pixels.subarray(0, count);
}

/** Indices of the pixels with each label from 1 on. */
function membersOf(labels: Int32Array, count: number): Int32Array[] {
  const ends = new Int32Array(count + 1);
  for (let i = 0; i < labels.length; i++) {
    const number = labels[i] as number;
    if (number > 0) ends[number] = (ends[number] as number) + 1;
  }
  for (let number = 1; number <= count; number++)
    ends[number] = (ends[number] as number) + (ends[number - 1] as number);
  const next = ends.slice(0, count);
  const order = new Int32Array(ends[count] as number);
  for (let i = 0; i < labels.length; i++) {
    const index = (labels[i] as number) - 1;
    if (index < 0) continue;
    const at = next[index] as number;
    order[at] = i;
    next[index] = at + 1;
  }
  return Array.from({ length: count }, (_, index) => order.subarray(ends[index], ends[index + 1]));
}

function boundsOf(pixels: Int32Array, width: number) {
  let [left, right] = [width, 0];
  for (let i = 0; i < pixels.length; i++) {
    const x = (pixels[i] as number) % width;
    if (x < left) left = x;
    if (x > right) right = x;
  }
  const top = Math.floor((pixels[0] ?? 0) / width);
  return { left, right, top, bottom: Math.floor((pixels.at(-1) ?? 0) / width) };
}

/**
 * Some thousand of the pixels, evenly chosen; what is left out is not noticed in a mean.
 * @param across length of a row of them where they fill a rectangle, the usual pane
 */
function sampled(pixels: Int32Array, across: number): Int32Array {
  const step = evenStep(Math.max(1, Math.ceil(pixels.length / PATCH_SAMPLES)), across);
  if (step === 1) return pixels;
  const some = new Int32Array(Math.ceil(pixels.length / step));
  for (let i = 0; i < some.length; i++) some[i] = pixels[i * step] as number;
  return some;
}

/** Borders of the picture are no borders of a patch. */
function borderOf(pixels: Int32Array, labels: Int32Array, { width, height }: Mask): Int32Array {
  const border = new Int32Array(pixels.length);
  const lastRow = width * (height - 1);
  const number = labels[pixels[0] ?? 0];
  let count = 0;
  for (let i = 0; i < pixels.length; i++) {
    const at = pixels[i] as number;
    const isInside =
      (labels[at - 1] === number || at % width === 0) &&
      (labels[at + 1] === number || (at + 1) % width === 0) &&
      (at < width || labels[at - width] === number) &&
      (at >= lastRow || labels[at + width] === number);
    if (!isInside) border[count++] = at;
  }
  return border.subarray(0, count);
}

function sharpnessOf(border: Int32Array, light: Plane): number {
  let steep = 0;
  for (let i = 0; i < border.length; i++) if (isSteep(light, border[i] as number)) steep++;
  return border.length > 0 ? steep / border.length : 0;
}

function isSteep({ width, height, data }: Plane, at: number): boolean {
  const [x, y] = [at % width, Math.floor(at / width)];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const [right, bottom] = [Math.min(width - 1, x + REACH), Math.min(height - 1, y + REACH)];
  for (let v = Math.max(0, y - REACH); v <= bottom; v++) {
    for (let u = Math.max(0, x - REACH); u <= right; u++) {
      const value = data[v * width + u] as number;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return most - least > STEEP;
}

/** Outer corners of the first and last pixel of every row, so that a pixel has an area. */
function cornersOf(border: Int32Array, width: number): Point[] {
  const corners: Point[] = [];
  for (let i = 0; i < border.length; i++) {
    const at = border[i] as number;
    const [x, y] = [at % width, Math.floor(at / width)];
    corners.push([x, y], [x + 1, y], [x, y + 1], [x + 1, y + 1]);
  }
  return corners;
}

/** Values of some thousand of the pixels, the least first. */
function valuesOf(pixels: Int32Array, across: number, { data }: Plane): number[] {
  const step = evenStep(Math.max(1, Math.floor(pixels.length / VALUE_SAMPLES)), across);
  const values: number[] = [];
  for (let i = 0; i < pixels.length; i += step) values.push(data[pixels[i] as number] as number);
  return values.sort((a, b) => a - b);
}

/** What `share` of the values lie below. */
function quantile(values: readonly number[], share: number): number {
  return values[Math.floor(share * (values.length - 1))] ?? 0;
}

/** Share of the values, the least first, that are at least `limit`. */
function shareFrom(values: readonly number[], limit: number): number {
  const first = values.findIndex((value) => value >= limit);
  return first < 0 ? 0 : 1 - first / values.length;
}

/** Share of the first row of a picture that the pixels, in reading order, fill. */
function openAbove(pixels: Int32Array, width: number): number {
  let count = 0;
  while (count < pixels.length && (pixels[count] as number) < width) count++;
  return count / width;
}

type Direction = { readonly light: Plane; readonly step: number };

/** Mean second difference between pixels that are `step` apart. */
function detailOf(pixels: Int32Array, labels: Int32Array, { light, step }: Direction): number {
  const { data } = light;
  let [sum, count] = [0, 0];
  for (let i = 0; i < pixels.length; i++) {
    const at = pixels[i] as number;
    if (labels[at - step] !== labels[at] || labels[at + step] !== labels[at]) continue;
    const beside = (data[at - step] as number) + (data[at + step] as number);
    sum += Math.abs(beside - 2 * (data[at] as number));
    count++;
  }
  return count > 0 ? sum / count : 0;
}

type Rgb = readonly [red: number, green: number, blue: number];

/** Mean linear colour of the pixels. Exposures need no common scale: ratios of channels are looked at. */
function colorOf(pixels: Int32Array, width: number, scene: Scene): Rgb {
  let [red, green, blue] = [1e-6, 1e-6, 1e-6];
  for (let i = 0; i < pixels.length; i++) {
    const at = pixels[i] as number;
    const picture = scene.pictures[scene.source[at] as number] as Picture;
    const x = at % width;
    const from = (((at - x) / width) * picture.width + x) * scene.factor * 3;
    red += LINEAR[picture.data[from] as number] as number;
    green += LINEAR[picture.data[from + 1] as number] as number;
    blue += LINEAR[picture.data[from + 2] as number] as number;
  }
  return [red, green, blue];
}

/** Warm light is redder against green and greener against blue; foliage is only the latter. */
function warmthOf(color: Rgb, room: Rgb): number {
  const redder = Math.log2(color[0] / color[1]) - Math.log2(room[0] / room[1]);
  const greener = Math.log2(color[1] / color[2]) - Math.log2(room[1] / room[2]);
  return Math.min(redder, greener);
}
