import { type Projection, project, type Quad } from './projection.ts';
import type { Point, Size } from './view.ts';

/** RGBA codes, row by row, as a canvas gives them. */
export type Pixels = { data: Uint8ClampedArray; width: number; height: number };

/** How many pixels have each of the 256 codes. */
export type Histogram = {
  red: Uint32Array;
  green: Uint32Array;
  blue: Uint32Array;
  luma: Uint32Array;
};

export type Clipping = {
  /** Shares (0..1) of the pixels that are black, and of those of which a colour is lost at the upper end. */
  shadows: number;
  highlights: number;
};

/** Codes from which on a colour says no more; JPEG moves the last one by one now and then. */
const black = 1;
const white = 254;

/** The pixels of one row that lie within a part: from the first to before the last. */
function spanOf(part: readonly Point[], y: number, width: number): [from: number, to: number] {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  part.forEach((a, index) => {
    const b = part[(index + 1) % part.length] ?? a;
    if (a.y > y === b.y > y) return;
    const x = a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x);
    from = Math.min(from, x);
    to = Math.max(to, x);
  });
  if (from > to) return [0, 0];
  return [Math.max(0, Math.round(from)), Math.min(width, Math.round(to))];
}

/** Rec. 709 luma of codes, in whole codes. */
function lumaOf(red: number, green: number, blue: number): number {
  return (red * 218 + green * 732 + blue * 74) >> 10;
}

/** Counts the codes of one part (shares of it, convex) of a picture; what of the part lies beyond it is not there. */
export function histogramOf({ data, width, height }: Pixels, part: Quad): Histogram & Clipping {
  const red = new Uint32Array(256);
  const green = new Uint32Array(256);
  const blue = new Uint32Array(256);
  const luma = new Uint32Array(256);
  let shadows = 0;
  let highlights = 0;
  let count = 0;
  const corners = part.map(({ x, y }) => ({ x: x * width, y: y * height }));
  for (let y = 0; y < height; y += 1) {
    const [left, right] = spanOf(corners, y + 0.5, width);
    count += Math.max(0, right - left);
    const end = (y * width + right) * 4;
    for (let at = (y * width + left) * 4; at < end; at += 4) {
      const r = data[at] ?? 0;
      const g = data[at + 1] ?? 0;
      const b = data[at + 2] ?? 0;
      red[r] = (red[r] ?? 0) + 1;
      green[g] = (green[g] ?? 0) + 1;
      blue[b] = (blue[b] ?? 0) + 1;
      const y709 = lumaOf(r, g, b);
      luma[y709] = (luma[y709] ?? 0) + 1;
      if (r >= white || g >= white || b >= white) highlights += 1;
      if (r <= black && g <= black && b <= black) shadows += 1;
    }
  }
  const all = Math.max(1, count);
  return { red, green, blue, luma, shadows: shadows / all, highlights: highlights / all };
}

/** As photographers know it: lost highlights red, lost shadows blue. Each as one number, in this machine's order. */
const [lostHighlight = 0, lostShadow = 0] = new Uint32Array(
  new Uint8Array([255, 46, 46, 255, 46, 110, 255, 255]).buffer,
);

/** A picture to lie over the other: clear but for what is clipped. */
export function clippingMask({ data, width, height }: Pixels): Pixels {
  const mask = new Uint8ClampedArray(data.length);
  const pixels = new Uint32Array(mask.buffer);
  for (let pixel = 0; pixel < pixels.length; pixel += 1) {
    const at = pixel * 4;
    const r = data[at] ?? 0;
    const g = data[at + 1] ?? 0;
    const b = data[at + 2] ?? 0;
    if (r >= white || g >= white || b >= white) pixels[pixel] = lostHighlight;
    else if (r <= black && g <= black && b <= black) pixels[pixel] = lostShadow;
  }
  return { data: mask, width, height };
}

export type Difference = {
  /** Mean distance of all colours, in codes of 255. */
  mean: number;
  /** Share (0..1) of the pixels of which a colour differs by more than can be put down to JPEG. */
  changed: number;
};

/** Codes that differ by no more are called the same. */
const noticeable = 8;

/** What one picture has that the other has not, point for point; where the first is clear, there is nothing to say. */
export function differenceOf(a: Pixels, b: Pixels): Difference {
  const pixels = Math.min(a.data.length, b.data.length) / 4;
  let sum = 0;
  let changed = 0;
  let seen = 0;
  for (let at = 0; at < pixels * 4; at += 4) {
    if (a.data[at + 3] === 0) continue;
    seen += 1;
    const red = Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0));
    const green = Math.abs((a.data[at + 1] ?? 0) - (b.data[at + 1] ?? 0));
    const blue = Math.abs((a.data[at + 2] ?? 0) - (b.data[at + 2] ?? 0));
    sum += red + green + blue;
    if (Math.max(red, green, blue) > noticeable) changed += 1;
  }
  const count = Math.max(1, seen);
  return { mean: sum / (3 * count), changed: changed / count };
}

/**
 * A picture as it lies on another one of the given size: each pixel between its four nearest. Clear where it shows
 * nothing.
 * @param toOwn from shares of the other one to its own
 */
export function laidOn(picture: Pixels, toOwn: Projection, { width, height }: Size): Pixels {
  // An ImageData has no fields of its own to be copied.
  const { data } = picture;
  const own: Size = { width: picture.width, height: picture.height };
  const out = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = project(toOwn, { x: (x + 0.5) / width, y: (y + 0.5) / height });
      if (!(from.x >= 0 && from.x < 1 && from.y >= 0 && from.y < 1)) continue;
      const across = Math.min(own.width - 1, Math.max(0, from.x * own.width - 0.5));
      const down = Math.min(own.height - 1, Math.max(0, from.y * own.height - 0.5));
      const [column, row] = [Math.floor(across), Math.floor(down)];
      const [right, below] = [across - column, down - row];
      const a = (row * own.width + column) * 4;
      const b = column + 1 < own.width ? a + 4 : a;
      const step = row + 1 < own.height ? own.width * 4 : 0;
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < 4; channel += 1) {
        const [p, q] = [data[a + channel] ?? 0, data[b + channel] ?? 0];
        const [r, s] = [data[a + step + channel] ?? 0, data[b + step + channel] ?? 0];
        const upper = p + right * (q - p);
        out[at + channel] = upper + below * (r + right * (s - r) - upper);
      }
    }
  }
  return { data: out, width, height };
}

/**
 * The outline of a histogram in a box of 256 × `height`, as an SVG path. The ends are left out of what sets
 * the scale: a blown window would flatten all the rest. They are drawn, cut off.
 */
export function outlineOf(counts: Uint32Array, peak: number, height: number): string {
  const y = (count: number) => height - Math.min(1, count / Math.max(1, peak)) * height;
  const points = Array.from(counts, (count, code) => `L${code} ${Number(y(count).toFixed(2))}`);
  return `M0 ${height}${points.join('')}L255 ${height}Z`;
}

/** The highest count between the ends, over all the colours that are drawn together. */
export function peakOf(histograms: readonly Pick<Histogram, 'red' | 'green' | 'blue'>[]): number {
  let peak = 1;
  for (const { red, green, blue } of histograms) {
    for (const counts of [red, green, blue]) {
      for (let code = 4; code < 252; code += 1) peak = Math.max(peak, counts[code] ?? 0);
    }
  }
  return peak;
}
