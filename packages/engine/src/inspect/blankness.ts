import type { Plane } from '../pixels/picture.ts';

export type Blankness = 'black' | 'white' | 'even';

/** Luma (0..1) that hardly a pixel of a black frame exceeds, noise included, and of a white one falls below. */
const BLACK = 10 / 255;
const WHITE = 250 / 255;

/** Share of pixels that may: a hot pixel, a speck of dust. */
const SPECKS = 0.0005;

/** Luma between the darkest and the brightest pixel of a frame that shows nothing at all. */
const NOTHING = 3 / 255;

/** Whether a frame shows nothing: the lens was covered, or the light far too strong. `null`: it shows something. */
export function blanknessOf(luma: Plane): Blankness | null {
  const { data } = luma;
  const specks = SPECKS * data.length;
  let [bright, dark, lowest, highest] = [0, 0, 1, 0];
  for (let i = 0; i < data.length; i++) {
    // Most frames show something in their first rows.
    if (bright > specks && dark > specks && highest - lowest >= NOTHING) return null;
    const value = data[i] as number;
    if (value > BLACK) bright++;
    if (value < WHITE) dark++;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  if (bright <= specks) return 'black';
  if (dark <= specks) return 'white';
  if (highest - lowest >= NOTHING) return null;
  return 'even';
}
