import type { Picture } from '../pixels/picture.ts';

/** Values that a channel can have: 10 bits, sRGB-encoded. */
export const VALUES = 1024;

/** Bits from 16 to 10. */
const TO_VALUE = 6;

/** An exposure as small as motion needs to be seen, each channel 0..1023. */
export type SmallExposure = {
  readonly width: number;
  readonly height: number;
  readonly channels: readonly [Uint16Array, Uint16Array, Uint16Array];
};

/** Means of squares of `factor` x `factor` pixels; what is left over at the right and bottom edge is not looked at. */
export function shrink({ width, height, data }: Picture, factor: number): SmallExposure {
  const [across, down] = [Math.floor(width / factor), Math.floor(height / factor)];
  const channels = [0, 1, 2].map(() => new Uint16Array(across * down)) as [
    Uint16Array,
    Uint16Array,
    Uint16Array,
  ];
  const [reds, greens, blues] = channels;
  if (factor === 1) {
    for (let y = 0; y < height; y++) splitRow(data, channels, { y, width });
    return { width, height, channels };
  }
  const scale = (VALUES - 1) / (65535 * factor * factor);
  const half = 0.5 / scale;
  const skip = 3 * (width - factor);
  for (let y = 0, to = 0; y < down; y++) {
    for (let x = 0; x < across; x++, to++) {
      let red = half;
      let green = half;
      let blue = half;
      let at = 3 * factor * (y * width + x);
      for (let j = 0; j < factor; j++, at += skip) {
        for (let i = 0; i < factor; i++, at += 3) {
          red += data[at] as number;
          green += data[at + 1] as number;
          blue += data[at + 2] as number;
        }
      }
      reds[to] = red * scale;
      greens[to] = green * scale;
      blues[to] = blue * scale;
    }
  }
  return { width: across, height: down, channels };
}

function splitRow(
  data: Uint16Array,
  [reds, greens, blues]: SmallExposure['channels'],
  { y, width }: { readonly y: number; readonly width: number },
): void {
  for (let i = y * width, at = 3 * i; i < (y + 1) * width; i++, at += 3) {
    reds[i] = (data[at] as number) >> TO_VALUE;
    greens[i] = (data[at + 1] as number) >> TO_VALUE;
    blues[i] = (data[at + 2] as number) >> TO_VALUE;
  }
}
