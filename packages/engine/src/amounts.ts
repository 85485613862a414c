/*
 * Amounts as people read them in messages. What is too much never looks like what is allowed: where rounding
 * would make them the same, both are written out.
 */

const grouped = new Intl.NumberFormat('en');

/** Two numbers of bytes. */
export function asBytes(came: number, allowed: number): [came: string, allowed: string] {
  return apart([came, allowed], [asFileSize, (bytes) => `${grouped.format(bytes)} bytes`]);
}

/** Two numbers of pixels. */
export function asPixels(came: number, allowed: number): [came: string, allowed: string] {
  return apart([came, allowed], [asMegapixels, (pixels) => `${grouped.format(pixels)} pixels`]);
}

/** The largest picture of this shape that has no more pixels than `most`: "12247 x 8165 pixels". */
export function largestOf({ width, height }: Size, most: number): string {
  const scale = Math.sqrt(most / (width * height));
  // Where the shorter side would be less than a pixel the longer one is as long as there are pixels.
  const side = (length: number): number => Math.min(most, Math.max(1, Math.floor(length * scale)));
  return `${side(width)} x ${side(height)} pixels`;
}

type Size = { readonly width: number; readonly height: number };

type Words = (amount: number) => string;

function apart(
  [came, allowed]: readonly [number, number],
  [short, long]: readonly [Words, Words],
): [string, string] {
  const words: [string, string] = [short(came), short(allowed)];
  return words[0] === words[1] && came !== allowed ? [long(came), long(allowed)] : words;
}

function asFileSize(bytes: number): string {
  if (bytes >= 1_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return bytes >= 10_000 ? `${Math.round(bytes / 1000)} kB` : `${grouped.format(bytes)} bytes`;
}

function asMegapixels(pixels: number): string {
  if (pixels < 1_000_000) return `${grouped.format(pixels)} pixels`;
  return `${Math.round(pixels / 100_000) / 10} megapixels`;
}
