import type { SmallView } from './small-view.ts';

export type Clipping = {
  /** Share of pixels whose luma is 0 in an 8-bit file. */
  readonly clippedDark: number;
  /** Share of pixels with any channel at 254 or 255: a saturated colour goes flat long before it is white. */
  readonly clippedBright: number;
  /** Share of pixels that are white here and show something in one of the exposures. */
  readonly blown: number;
};

/** Rounds to 254 of 255 or more in the file. */
const CLIPPED = 253.5 / 255;

/** A place shows something where its luma lies between these. */
const SHOWN_ABOVE = 30 / 255;
const SHOWN_BELOW = 225 / 255;

/** What is at either end of the scale, and what of it needed not to be. */
export function clippingOf(result: SmallView, exposures: readonly SmallView[]): Clipping {
  const { data } = result.picture;
  const luma = result.luma.data;
  let [dark, bright, blown] = [0, 0, 0];
  for (let i = 0; i < luma.length; i++) {
    const top = Math.max(
      data[3 * i] as number,
      data[3 * i + 1] as number,
      data[3 * i + 2] as number,
    );
    if ((luma[i] as number) < 0.5 / 255) dark++;
    if (top < CLIPPED * 65535) continue;
    bright++;
    if ((luma[i] as number) > SHOWN_BELOW && isShown(exposures, i)) blown++;
  }
  return {
    clippedDark: dark / luma.length,
    clippedBright: bright / luma.length,
    blown: blown / luma.length,
  };
}

function isShown(exposures: readonly SmallView[], i: number): boolean {
  return exposures.some(({ luma }) => {
    const value = luma.data[i] as number;
    return value > SHOWN_ABOVE && value < SHOWN_BELOW;
  });
}
