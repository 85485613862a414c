/** sRGB transfer functions, IEC 61966-2-1. Arguments and results are 0..1. */

/** Encoded value to linear light. */
export function srgbToLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Linear light to encoded value. */
export function linearToSrgb(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}

/** `curve` sampled at `size` evenly spaced points of 0..1, as floats. */
export function tabulate(size: number, curve: (value: number) => number): Float32Array {
  const table = new Float32Array(size);
  for (let i = 0; i < size; i++) table[i] = curve(i / (size - 1));
  return table;
}
