import type { Box, Size } from './view.ts';

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
  /** Shares (0..1) of the pixels of which one colour or more is lost at this end. */
  shadows: number;
  highlights: number;
};

/** Codes from which on a colour says no more; JPEG moves the last one by one now and then. */
const black = 1;
const white = 254;

/** Whole pixels of a part (0..1) of a picture. */
function pixelsOf(part: Box, { width, height }: Size) {
  const left = Math.max(0, Math.round(part.x * width));
  const top = Math.max(0, Math.round(part.y * height));
  const right = Math.min(width, Math.round((part.x + part.width) * width));
  const bottom = Math.min(height, Math.round((part.y + part.height) * height));
  return { left, top, right, bottom };
}

/** Rec. 709 luma of codes, in whole codes. */
function lumaOf(red: number, green: number, blue: number): number {
  return (red * 218 + green * 732 + blue * 74) >> 10;
}

/** Counts the codes of one part of a picture. */
export function histogramOf({ data, width, height }: Pixels, part: Box): Histogram & Clipping {
  const red = new Uint32Array(256);
  const green = new Uint32Array(256);
  const blue = new Uint32Array(256);
  const luma = new Uint32Array(256);
  let shadows = 0;
  let highlights = 0;
  const { left, top, right, bottom } = pixelsOf(part, { width, height });
  for (let y = top; y < bottom; y += 1) {
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
      if (r <= black || g <= black || b <= black) shadows += 1;
    }
  }
  const count = Math.max(1, (right - left) * (bottom - top));
  return { red, green, blue, luma, shadows: shadows / count, highlights: highlights / count };
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
    else if (r <= black || g <= black || b <= black) pixels[pixel] = lostShadow;
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

/** What one picture has that the other has not; both show the same part in the same size. */
export function differenceOf(a: Pixels, b: Pixels): Difference {
  const pixels = Math.min(a.data.length, b.data.length) / 4;
  let sum = 0;
  let changed = 0;
  for (let at = 0; at < pixels * 4; at += 4) {
    const red = Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0));
    const green = Math.abs((a.data[at + 1] ?? 0) - (b.data[at + 1] ?? 0));
    const blue = Math.abs((a.data[at + 2] ?? 0) - (b.data[at + 2] ?? 0));
    sum += red + green + blue;
    if (Math.max(red, green, blue) > noticeable) changed += 1;
  }
  const count = Math.max(1, pixels);
  return { mean: sum / (3 * count), changed: changed / count };
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
