import type { Plane } from '../pixels/picture.ts';
import type { SmallView } from './small-view.ts';

export type Clipping = {
  /** Share of pixels whose luma is 0 in an 8-bit file. */
  readonly clippedDark: number;
  /** Share of pixels with any channel at 254 or 255: a saturated colour goes flat long before it is white. */
  readonly clippedBright: number;
  /** Share of pixels that are white here and show something in one of the exposures. */
  readonly blown: number;
};

/** Rounds to 254 of 255 or more in the file; of 65535. */
const CLIPPED = Math.ceil((253.5 / 255) * 65535);

const BLACK = 0.5 / 255;

/** A place shows something where its luma lies between these. */
const SHOWN_ABOVE = 30 / 255;
const SHOWN_BELOW = 225 / 255;

/** 1 for each pixel in which an exposure shows something. */
export function shownIn({ data }: Plane): Uint8Array {
  const shown = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    if (value > SHOWN_ABOVE && value < SHOWN_BELOW) shown[i] = 1;
  }
  return shown;
}

/**
 * What is at either end of the scale, and what of it needed not to be.
 * @param shown of each exposure
 */
export function clippingOf(result: SmallView, shown: readonly Uint8Array[]): Clipping {
  const { data } = result.picture;
  const luma = result.luma.data;
  let dark = 0;
  let bright = 0;
  let blown = 0;
  for (let i = 0, at = 0; i < luma.length; i++, at += 3) {
    const value = luma[i] as number;
    if (value < BLACK) dark++;
    const red = data[at] as number;
    const green = data[at + 1] as number;
    const blue = data[at + 2] as number;
    if (red < CLIPPED && green < CLIPPED && blue < CLIPPED) continue;
    bright++;
    if (value > SHOWN_BELOW && isShown(shown, i)) blown++;
  }
  return {
    clippedDark: dark / luma.length,
    clippedBright: bright / luma.length,
    blown: blown / luma.length,
  };
}

function isShown(shown: readonly Uint8Array[], i: number): boolean {
  for (let n = 0; n < shown.length; n++) if (shown[n]?.[i] === 1) return true;
  return false;
}
