/** sRGB transfer functions, IEC 61966-2-1. Arguments and results are 0..1. */

/** Encoded value to linear light. */
export function srgbToLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Linear light to encoded value. */
export function linearToSrgb(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}

/**
 * A table for a function of one encoded channel: 65536 entries, input and output 0..65535.
 * Steps that treat channels alone cost one lookup per value that way.
 */
export function tabulate16(curve: (encoded: number) => number): Uint16Array {
  const table = new Uint16Array(65536);
  for (let code = 0; code < 65536; code++) {
    const value = curve(code / 65535);
    table[code] = Math.round(Math.min(1, Math.max(0, value)) * 65535);
  }
  return table;
}

/** `curve` sampled at `size` evenly spaced points of 0..1, as floats. */
export function tabulate(size: number, curve: (value: number) => number): Float32Array {
  const table = new Float32Array(size);
  for (let i = 0; i < size; i++) table[i] = curve(i / (size - 1));
  return table;
}
