import type { Picture } from './picture.ts';

/** Fractions of a pixel that are told apart; finer ones change no 8-bit code. */
export const FRACTIONS = 256;

/** Weights of the four neighbours for every fraction (Keys, "Cubic Convolution Interpolation", 1981, a = -1/2). */
export const CUBIC_WEIGHTS = cubicWeights();

/** Where the pixels of a row are read: whole pixel to the upper left of the place, and the fraction beyond. */
export type Places = {
  readonly left: Int32Array;
  readonly top: Int32Array;
  readonly across: Int32Array;
  readonly down: Int32Array;
};

export function createPlaces(width: number): Places {
  const [left, top] = [new Int32Array(width), new Int32Array(width)];
  return { left, top, across: new Int32Array(width), down: new Int32Array(width) };
}

/** Reads a row of pixels (16 bits, clamped) at the places; beyond the picture its rim is repeated. */
export function readRow({ width, height, data }: Picture, places: Places, into: Uint16Array): void {
  const { left, top, across, down } = places;
  const stride = 3 * width;
  const rows = new Int32Array(4);
  const columns = new Int32Array(4);
  for (let x = 0; x < left.length; x++) {
    const i = left[x] as number;
    const j = top[x] as number;
    const t = down[x] as number;
    const s = across[x] as number;
    const s0 = CUBIC_WEIGHTS[s] as number;
    const s1 = CUBIC_WEIGHTS[s + 1] as number;
    const s2 = CUBIC_WEIGHTS[s + 2] as number;
    const s3 = CUBIC_WEIGHTS[s + 3] as number;
    for (let n = 0; n < 4; n++) {
      columns[n] = 3 * Math.min(width - 1, Math.max(0, i + n - 1));
      rows[n] = stride * Math.min(height - 1, Math.max(0, j + n - 1));
    }
    const c0 = columns[0] as number;
    const c1 = columns[1] as number;
    const c2 = columns[2] as number;
    const c3 = columns[3] as number;
    let red = 0.5;
    let green = 0.5;
    let blue = 0.5;
    for (let m = 0; m < 4; m++) {
      const row = rows[m] as number;
      const share = CUBIC_WEIGHTS[t + m] as number;
      const w0 = share * s0;
      const w1 = share * s1;
      const w2 = share * s2;
      const w3 = share * s3;
      const a = row + c0;
      const b = row + c1;
      const c = row + c2;
      const d = row + c3;
      red +=
        w0 * (data[a] as number) +
        w1 * (data[b] as number) +
        w2 * (data[c] as number) +
        w3 * (data[d] as number);
      green +=
        w0 * (data[a + 1] as number) +
        w1 * (data[b + 1] as number) +
        w2 * (data[c + 1] as number) +
        w3 * (data[d + 1] as number);
      blue +=
        w0 * (data[a + 2] as number) +
        w1 * (data[b + 2] as number) +
        w2 * (data[c + 2] as number) +
        w3 * (data[d + 2] as number);
    }
    into[3 * x] = clamp16(red);
    into[3 * x + 1] = clamp16(green);
    into[3 * x + 2] = clamp16(blue);
  }
}

/** The same for one channel: 0 red, 1 green, 2 blue. */
export function readChannel(
  { width, height, data }: Picture,
  { left, top, across, down }: Places,
  into: { readonly row: Uint16Array; readonly channel: number },
): void {
  const { row, channel } = into;
  for (let i = 0; i < left.length; i++) {
    const x = left[i] as number;
    const y = top[i] as number;
    const c0 = 3 * clampTo(x - 1, width) + channel;
    const c1 = 3 * clampTo(x, width) + channel;
    const c2 = 3 * clampTo(x + 1, width) + channel;
    const c3 = 3 * clampTo(x + 2, width) + channel;
    const s = across[i] as number;
    const w0 = CUBIC_WEIGHTS[s] as number;
    const w1 = CUBIC_WEIGHTS[s + 1] as number;
    const w2 = CUBIC_WEIGHTS[s + 2] as number;
    const w3 = CUBIC_WEIGHTS[s + 3] as number;
    let sum = 0.5;
    for (let j = 0; j < 4; j++) {
      const line = 3 * width * clampTo(y + j - 1, height);
      sum +=
        (CUBIC_WEIGHTS[(down[i] as number) + j] as number) *
        (w0 * (data[line + c0] as number) +
          w1 * (data[line + c1] as number) +
          w2 * (data[line + c2] as number) +
          w3 * (data[line + c3] as number));
    }
    row[3 * i + channel] = clamp16(sum);
  }
}

function clampTo(index: number, size: number): number {
  return index < 0 ? 0 : index >= size ? size - 1 : index;
}

function clamp16(value: number): number {
  return value <= 0 ? 0 : value >= 65535 ? 65535 : value;
}

function cubicWeights(): Float64Array {
  const weights = new Float64Array(4 * FRACTIONS);
  for (let i = 0; i < FRACTIONS; i++) {
    const t = i / FRACTIONS;
    weights[4 * i] = ((-0.5 * t + 1) * t - 0.5) * t;
    weights[4 * i + 1] = (1.5 * t - 2.5) * t * t + 1;
    weights[4 * i + 2] = ((-1.5 * t + 2) * t + 0.5) * t;
    weights[4 * i + 3] = (0.5 * t - 0.5) * t * t;
  }
  return weights;
}
