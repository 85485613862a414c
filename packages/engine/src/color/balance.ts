import { LUMA_B, LUMA_G, LUMA_R, type Picture } from '../pixels/picture.ts';
import { linearToSrgb, srgbToLinear, tabulate16 } from '../pixels/srgb.ts';
import type { LightColor } from './estimate-cast.ts';

/** Factors on linear red, green and blue. */
export type ChannelGains = readonly [red: number, green: number, blue: number];

/** Share of a magenta excess that is taken for a real colour and kept. */
const MAGENTA_TRUST = 0.5;

/**
 * Gains that take `strength` (0..1) of the light's colour away, none further than `maxGain` from
 * green, and that leave the brightness of a neutral surface as it is.
 */
export function gainsFor(light: LightColor, strength: number, maxGain: number): ChannelGains {
  const limit = (gain: number): number => Math.min(maxGain, Math.max(1 / maxGain, gain));
  const [logRed, logBlue] = [Math.log2(light[0]), Math.log2(light[2])];
  // Lamps tint towards green; a magenta excess is an evening sky or a painted wall more often than a fault.
  const magenta = Math.max(0, (logRed + logBlue) / 2) * MAGENTA_TRUST;
  const red = limit(2 ** (-strength * (logRed - magenta)));
  const blue = limit(2 ** (-strength * (logBlue - magenta)));
  const luma = LUMA_R * red + LUMA_G + LUMA_B * blue;
  return [red / luma, 1 / luma, blue / luma];
}

/** Applies gains to rows `from`..`to` (exclusive) in place, von Kries in linear light. */
export function createBalance(
  gains: ChannelGains,
): (picture: Picture, from: number, to: number) => void {
  const tables = gains.map((gain) =>
    tabulate16((value) => linearToSrgb(balanced(srgbToLinear(value), gain))),
  );
  const [red, green, blue] = tables as [Uint16Array, Uint16Array, Uint16Array];
  return ({ width, data }, from, to) => {
    for (let at = from * width * 3; at < to * width * 3; at += 3) {
      data[at] = red[data[at] as number] as number;
      data[at + 1] = green[data[at + 1] as number] as number;
      data[at + 2] = blue[data[at + 2] as number] as number;
    }
  };
}

/**
 * A gain that fades to one at full scale: clipped windows and lamps are white without a hint of
 * their colour, and stay white. The exponent keeps the curve rising for every gain.
 */
function balanced(value: number, gain: number): number {
  const exponent = Math.min(12, (0.9 * gain) / Math.max(1e-6, Math.abs(gain - 1)));
  return (gain * value) / (1 + (gain - 1) * value ** exponent);
}
