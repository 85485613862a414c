import { createPicture, type Picture } from './picture.ts';

/** Interleaved RGB codes, 8 or 16 bits per channel by their type. */
export type RgbCodes = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint16Array;
};

/**
 * Every pixel of the result is the mean of a square of `factor` x `factor` pixels, of what is left of
 * it at the right and lower edge: ceil(width / factor) x ceil(height / factor) pixels of 16 bits. With a
 * factor of 1, codes of 16 bits are returned as they are.
 */
export function reduceByMean(codes: RgbCodes, factor: number): Picture {
  if (factor === 1) return to16Bits(codes);
  const { width, height, data } = codes;
  const out = createPicture(Math.ceil(width / factor), Math.ceil(height / factor));
  const scale = data instanceof Uint16Array ? 1 : 257;
  const sums = new Float64Array(out.width * 3);
  for (let y = 0; y < out.height; y++) {
    const rows = Math.min(factor, height - y * factor);
    sums.fill(0);
    for (let row = y * factor; row < y * factor + rows; row++)
      addRow(sums, data.subarray(row * width * 3, (row + 1) * width * 3), factor);
    const into = out.data.subarray(y * out.width * 3, (y + 1) * out.width * 3);
    for (let x = 0; x < out.width; x++) {
      const share = scale / (rows * Math.min(factor, width - x * factor));
      for (let i = x * 3; i < x * 3 + 3; i++) into[i] = (sums[i] as number) * share + 0.5;
    }
  }
  return out;
}

function to16Bits({ width, height, data }: RgbCodes): Picture {
  if (data instanceof Uint16Array) return { width, height, data };
  const out = createPicture(width, height);
  for (let i = 0; i < data.length; i++) out.data[i] = (data[i] as number) * 257;
  return out;
}

function addRow(sums: Float64Array, row: Uint8Array | Uint16Array, factor: number): void {
  let at = 0;
  for (let i = 0; i < sums.length; i += 3) {
    let [red, green, blue] = [0, 0, 0];
    const end = Math.min(row.length, at + factor * 3);
    for (; at < end; at += 3) {
      red += row[at] as number;
      green += row[at + 1] as number;
      blue += row[at + 2] as number;
    }
    sums[i] = (sums[i] as number) + red;
    sums[i + 1] = (sums[i + 1] as number) + green;
    sums[i + 2] = (sums[i + 2] as number) + blue;
  }
}
