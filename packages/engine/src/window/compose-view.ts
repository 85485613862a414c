import { createPlane, type Plane } from '../pixels/picture.ts';
import { readTable, type WindowView } from './window-plan.ts';

/** The luma of an exposure of a view as it was taken, and how it is shown. */
export type Layer = { readonly from: Plane; readonly view: WindowView };

/** The luma of the composed view. */
export function composeLuma(layers: readonly Layer[], like: Omit<Plane, 'data'>): Plane {
  const shown = createPlane(like.width, like.height);
  for (let y = 0; y < like.height; y++) {
    const from = y * like.width;
    composeRow(layers, from, shown.data.subarray(from, from + like.width));
  }
  return shown;
}

/** The luma of the composed view for pixels from index `from` on. */
function composeRow(layers: readonly Layer[], from: number, into: Float32Array): void {
  for (let x = 0; x < into.length; x++) into[x] = composedLuma(layers, from + x);
}

/**
 * The luma of one pixel of the composed view. Where the upper exposure is clipped, the lower one
 * cannot be darker than that, unless things moved.
 */
export function composedLuma(layers: readonly Layer[], at: number): number {
  let shown = 0;
  for (let k = 0; k < layers.length; k++) {
    const { from, view } = layers[k] as Layer;
    const luma = from.data[at] as number;
    const share = readTable(view.share, luma);
    const least = share < 1 && shown < view.floor ? view.floor : shown;
    shown = least + share * (readTable(view.luma, luma) - least);
  }
  return shown;
}
