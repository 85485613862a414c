import {
  createPlane,
  LUMA_B,
  LUMA_G,
  LUMA_R,
  type Picture,
  type Plane,
} from '../pixels/picture.ts';
import { readTable, type WindowView } from './window-plan.ts';

/** An exposure of a view as it was taken, and how it is shown. */
export type Layer<T> = { readonly from: T; readonly view: WindowView };

/** The luma of the composed view from the luma of its exposures. */
export function composeLuma(layers: readonly Layer<Plane>[], like: Plane): Plane {
  const shown = createPlane(like.width, like.height);
  for (const { from, view } of layers) {
    for (let i = 0; i < shown.data.length; i++) {
      const luma = from.data[i] as number;
      const share = readTable(view.share, luma);
      shown.data[i] = laidOver(shown.data[i] as number, readTable(view.luma, luma), {
        share,
        floor: view.floor,
      });
    }
  }
  return shown;
}

/** Writes luma, Cb and Cr (0..1, -0.5..0.5) of one pixel of the composed view into `into`. */
export function composePixel(layers: readonly Layer<Picture>[], at: number, into: number[]): void {
  let [y, cb, cr] = [0, 0, 0];
  for (const { from, view } of layers) {
    const [r, g, b] = [
      (from.data[at] as number) / 65535,
      (from.data[at + 1] as number) / 65535,
      (from.data[at + 2] as number) / 65535,
    ];
    const luma = LUMA_R * r + LUMA_G * g + LUMA_B * b;
    const share = readTable(view.share, luma);
    const gain = readTable(view.chroma, luma);
    y = laidOver(y, readTable(view.luma, luma), { share, floor: view.floor });
    cb += share * (gain * ((b - luma) / 1.8556 - view.cast[0] * luma) - cb);
    cr += share * (gain * ((r - luma) / 1.5748 - view.cast[1] * luma) - cr);
  }
  into[0] = y;
  into[1] = cb;
  into[2] = cr;
}

/** Where the upper exposure is clipped, the lower one cannot be darker than that, unless things moved. */
function laidOver(
  below: number,
  above: number,
  { share, floor }: { readonly share: number; readonly floor: number },
): number {
  const least = share < 1 ? Math.max(below, floor) : below;
  return least + share * (above - least);
}
