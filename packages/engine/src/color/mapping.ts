import { linearToSrgb, srgbToLinear } from '../pixels/srgb.ts';
import { toDisplay, toScene } from './camera-curve.ts';
import type { Light } from './light.ts';

/** Factors on red, green and blue of scene light. */
export type ChannelGains = readonly [red: number, green: number, blue: number];

/** From this encoded value of its smallest channel on, a colour is light itself and stays white. */
export const WHITE_FROM = 0.88;

/** From this encoded value on, a channel may have been clipped: there was more of it. Above WHITE_FROM. */
const CLIPPED_FROM = 0.93;

/** Gains that take a light away; green is kept, as cameras do, so brightness hardly moves. */
export function gainsFor(light: Light): ChannelGains {
  return [2 ** -light.red, 1, 2 ** -light.blue];
}

/** An encoded value under a light changed by `gain`: the camera's curve off, von Kries, curve on. */
export function mapChannel(encoded: number, gain: number): number {
  return linearToSrgb(Math.min(1, toDisplay(gain * toScene(srgbToLinear(encoded)))));
}

/** 0..1: how surely a colour with this smallest channel (encoded) is white at whatever balance. */
export function staysWhite(smallest: number): number {
  return smoothStep(WHITE_FROM, 1, smallest);
}

/** 0..1: how surely a channel of this encoded value was clipped. */
export function wasClipped(encoded: number): number {
  return smoothStep(CLIPPED_FROM, 1, encoded);
}

function smoothStep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
