/*
 * Decodes ThumbHash, after https://github.com/evanw/thumbhash (MIT, Evan Wallace): a blurred picture of some
 * 32 pixels out of some 25 bytes, as a data URL that needs no canvas and so works on a server, too.
 */

interface Channel {
  readonly dc: number;
  readonly ac: readonly number[];
  readonly nx: number;
  readonly ny: number;
}

/** A blurred picture to show until the real one is there; undefined when the hash says nothing. */
export function thumbHashUrl(base64: string | null | undefined): string | undefined {
  if (!base64) return undefined;
  try {
    const hash = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return hash.length < 5 ? undefined : dataUrl(decode(hash));
  } catch {
    // It is decoration: what cannot be read is left out.
    return undefined;
  }
}

function decode(hash: Uint8Array) {
  const byte = (index: number) => hash[index] ?? 0;
  const low = byte(0) | (byte(1) << 8) | (byte(2) << 16);
  const high = byte(3) | (byte(4) << 8);
  const hasAlpha = low >> 23 === 1;
  const isLandscape = high >> 15 === 1;
  const most = hasAlpha ? 5 : 7;
  const sides = isLandscape ? [most, high & 7] : [high & 7, most];
  const [across = 1, down = 1] = sides;
  let nibble = (hasAlpha ? 6 : 5) * 2;
  const channel = (dc: number, scale: number, [nx, ny]: [number, number]): Channel => {
    const ac: number[] = [];
    for (const _ of frequencies(nx, ny)) {
      ac.push((((byte(nibble >> 1) >> ((nibble & 1) << 2)) & 15) / 7.5 - 1) * scale);
      nibble += 1;
    }
    return { dc, ac, nx, ny };
  };
  const lightness = channel((low & 63) / 63, ((low >> 18) & 31) / 31, [
    Math.max(3, across),
    Math.max(3, down),
  ]);
  // Saturation makes up for what was lost in four bits.
  const yellow = channel(((low >> 6) & 63) / 31.5 - 1, (((high >> 3) & 63) / 63) * 1.25, [3, 3]);
  const red = channel(((low >> 12) & 63) / 31.5 - 1, (((high >> 9) & 63) / 63) * 1.25, [3, 3]);
  const alpha = hasAlpha ? channel((byte(5) & 15) / 15, (byte(5) >> 4) / 15, [5, 5]) : null;
  const ratio = across / down;
  const width = Math.max(1, Math.round(ratio > 1 ? 32 : 32 * ratio));
  const height = Math.max(1, Math.round(ratio > 1 ? 32 / ratio : 32));
  const pixels: number[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = [(Math.PI / width) * (x + 0.5), (Math.PI / height) * (y + 0.5)] as const;
      const [l, p, q] = [valueAt(lightness, at), valueAt(yellow, at), valueAt(red, at)];
      const b = l - (2 / 3) * p;
      const r = (3 * l - b + q) / 2;
      pixels.push(...[r, r - q, b, alpha ? valueAt(alpha, at) : 1].map(toByte));
    }
  }
  return { width, height, pixels };
}

const toByte = (value: number) => Math.floor(255 * Math.min(1, Math.max(0, value)));

/** The frequencies that are kept: a triangle, without the first, which is the average. */
function* frequencies(nx: number, ny: number): Generator<readonly [number, number]> {
  for (let cy = 0; cy < ny; cy += 1)
    for (let cx = cy === 0 ? 1 : 0; cx * ny < nx * (ny - cy); cx += 1) yield [cx, cy];
}

function valueAt({ dc, ac, nx, ny }: Channel, [x, y]: readonly [number, number]): number {
  let value = dc;
  let index = 0;
  for (const [cx, cy] of frequencies(nx, ny)) {
    value += (ac[index] ?? 0) * Math.cos(x * cx) * Math.cos(y * cy) * 2;
    index += 1;
  }
  return value;
}

/** A PNG whose bytes are stored as they are: a few thousand of them. */
function dataUrl(picture: { width: number; height: number; pixels: readonly number[] }): string {
  const { width, height, pixels } = picture;
  const lines: number[] = [];
  for (let y = 0; y < height; y += 1)
    lines.push(0, ...pixels.slice(y * width * 4, (y + 1) * width * 4));
  const { length } = lines;
  const stored = [1, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255, ...lines];
  const bytes = [
    ...[137, 80, 78, 71, 13, 10, 26, 10],
    ...chunk('IHDR', [...bigEndian(width), ...bigEndian(height), 8, 6, 0, 0, 0]),
    ...chunk('IDAT', [0x78, 1, ...stored, ...bigEndian(adler32(lines))]),
    ...chunk('IEND', []),
  ];
  return `data:image/png;base64,${btoa(String.fromCharCode(...bytes))}`;
}

const bigEndian = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);

function chunk(name: string, data: readonly number[]): number[] {
  const body = [...[...name].map((letter) => letter.charCodeAt(0)), ...data];
  return [...bigEndian(data.length), ...body, ...bigEndian(crc32(body))];
}

function crc32(bytes: readonly number[]): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function adler32(bytes: readonly number[]): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
}
