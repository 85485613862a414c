import { linearToSrgb, srgbToLinear } from '../pixels/srgb.ts';

/** Points of a curve. */
const POINTS = 1025;

/** Luma (0..1) below which a lift fades out: what lies there is mostly noise, and black should stay black. */
const BLACK_POINT = 0.1;

/** How much steeper the darker twin is at white, per EV of lift. */
const HIGHLIGHT_GAMMA = 0.25;

/**
 * A single photo has no brackets, but fusing it with a brighter and a darker copy of itself opens its
 * shadows and parts its highlights locally: Hessel, "Extended Exposure Fusion", IPOL 2019, and Ying et
 * al., "A New Low-Light Image Enhancement Algorithm Using Camera Response Model", ICCVW 2017. Nothing
 * is invented: black stays black, white stays white.
 * @param lift exposure of the bright copy in EV; 0 gives the photo alone
 * @returns curves from luma to luma; `null` is the photo as it is
 */
export function virtualExposures(lift: number): (Float32Array | null)[] {
  if (lift === 0) return [null];
  return [null, curveOf((value) => brighter(value, lift)), curveOf((value) => darker(value, lift))];
}

function curveOf(change: (value: number) => number): Float32Array {
  return Float32Array.from({ length: POINTS }, (_, i) => change(i / (POINTS - 1)));
}

/** As if exposed `lift` stops more, with a soft shoulder instead of a hard clip and a soft start at black. */
function brighter(value: number, lift: number): number {
  const exposed = linearToSrgb(shoulder(srgbToLinear(value) * 2 ** lift));
  const ramp = Math.min(1, value / BLACK_POINT);
  return value + (exposed - value) * ramp * ramp * (3 - 2 * ramp);
}

function darker(value: number, lift: number): number {
  return value ** (1 + HIGHLIGHT_GAMMA * lift);
}

/** Identity up to the knee, then approaches 1 with matching slope. */
function shoulder(value: number): number {
  const knee = 0.7;
  if (value <= knee) return value;
  const room = 1 - knee;
  return 1 - room * Math.exp(-(value - knee) / room);
}
