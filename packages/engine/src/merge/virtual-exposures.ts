import type { FrameSource } from '../pixels/frame-source.ts';
import { linearToSrgb, srgbToLinear, tabulate } from '../pixels/srgb.ts';

/**
 * A single photo has no brackets, but fusing it with a brightened copy of itself lifts its shadows
 * locally: Ying et al., "A New Low-Light Image Enhancement Algorithm Using Camera Response Model",
 * ICCVW 2017, and Hessel, "Extended Exposure Fusion", IPOL 2019. Nothing is invented: highlights
 * keep coming from the photo as it is.
 * @param lift exposure of the bright copy in EV; 0 gives the source alone
 */
export function virtualExposures(source: FrameSource, lift: number): FrameSource[] {
  return lift === 0 ? [source] : [source, exposed(source, lift)];
}

/** The same pixels as if exposed `ev` stops more, with a soft shoulder instead of a hard clip. */
function exposed(source: FrameSource, ev: number): FrameSource {
  const gain = 2 ** ev;
  const curve = tabulate(source.curve.length, (value) =>
    linearToSrgb(shoulder(srgbToLinear(value) * gain)),
  );
  return { ...source, name: `${source.name} (+${ev} EV)`, curve };
}

/** Identity up to 0.7, then approaches 1 with matching slope. */
function shoulder(value: number): number {
  const knee = 0.7;
  if (value <= knee) return value;
  const room = 1 - knee;
  return 1 - room * Math.exp(-(value - knee) / room);
}
