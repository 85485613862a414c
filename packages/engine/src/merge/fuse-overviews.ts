import { createPlane, type Picture, type Plane } from '../pixels/picture.ts';
import { expandRow, gaussianPyramid } from '../pixels/pyramid.ts';
import type { FusionPlan, Overview } from '../plan/plan.ts';
import { enlargeRow, joinPicture, splitPicture, type Ycc } from './ycc.ts';

/**
 * Carries a fusion out on the overviews it was planned for: Laplacian pyramid blending as in Mertens,
 * Kautz & Van Reeth 2007, section 3.2, `L_l{R} = sum_k W_{k,l} L_l{I_k}`, on luma and, half as large
 * in each direction and with the weights of the next coarser level, on Cb and Cr. The plain form of
 * what render/fuse-small.ts does in kernels.
 * @param overviews aligned, one for each of the plan's frames, all of one size
 */
export function fuseOverviews(overviews: readonly Overview[], plan: FusionPlan): Picture {
  const [first] = plan.layers;
  if (first === undefined) throw new RangeError('a fusion needs at least one layer');
  const blended: Record<keyof Ycc, Plane[]> = { y: [], cb: [], cr: [] };
  for (const { source, curve, weights } of plan.layers) {
    const overview = overviews[source];
    if (overview === undefined) throw new RangeError(`no exposure ${source} to fuse`);
    const channels = splitPicture(overview.picture, overview.luma, curve);
    const all = withFiner(weights, channels.y, plan.scale / overview.scale);
    blend(blended.y, channels.y, all);
    blend(blended.cb, channels.cb, all.slice(1));
    blend(blended.cr, channels.cr, all.slice(1));
  }
  return joinPicture({
    y: collapse(blended.y),
    cb: collapse(blended.cb),
    cr: collapse(blended.cr),
  });
}

type Size = { readonly width: number; readonly height: number };

/**
 * Weights for all levels of a picture: for those finer than the plan's its first ones, enlarged.
 * @param factor pixels of the picture per pixel of the first weights
 */
function withFiner(
  weights: readonly Plane[],
  { width, height }: Size,
  factor: number,
): readonly Plane[] {
  const all = [...weights];
  for (let left = factor / 2; left >= 1 && all[0] !== undefined; left /= 2)
    all.unshift(
      enlarged(all[0], { width: Math.ceil(width / left), height: Math.ceil(height / left) }),
    );
  return all;
}

/** Twice as large, bilinearly; samples stand for 2 x 2 of the new ones. */
function enlarged(plane: Plane, { width, height }: Size): Plane {
  const out = createPlane(width, height);
  const column = new Float32Array(plane.width);
  for (let y = 0; y < height; y++)
    enlargeRow(plane, y, { into: out.data.subarray(y * width, (y + 1) * width), column });
  return out;
}

/** into_l += weights_l * (level l of the Laplacian pyramid of `plane`) */
function blend(into: Plane[], plane: Plane, weights: readonly Plane[]): void {
  const pyramid = gaussianPyramid(plane, weights.length);
  for (const [level, fine] of pyramid.entries()) {
    const sum = into[level] ?? createPlane(fine.width, fine.height);
    into[level] = sum;
    const weight = weights[level];
    if (weight !== undefined)
      addWeighted(sum, weight, { plane: fine, coarser: pyramid[level + 1] ?? null });
  }
}

/** into += weight * (plane - expanded coarser level); the coarsest level has none and counts whole. */
function addWeighted(
  into: Plane,
  weight: Plane,
  detail: { plane: Plane; coarser: Plane | null },
): void {
  const { width, height } = into;
  const low = new Float32Array(width);
  const column = new Float32Array(detail.coarser?.width ?? 0);
  const [sum, factor, value] = [into.data, weight.data, detail.plane.data];
  for (let y = 0; y < height; y++) {
    if (detail.coarser !== null) expandRow(detail.coarser, y, { into: low, column });
    for (let x = 0, at = y * width; x < width; x++, at++)
      sum[at] =
        (sum[at] as number) + (factor[at] as number) * ((value[at] as number) - (low[x] as number));
  }
}

/** Sums a Laplacian pyramid up, in place, to its finest level. */
function collapse(pyramid: readonly Plane[]): Plane {
  let sum = pyramid.at(-1);
  for (let level = pyramid.length - 2; level >= 0; level--) {
    const finer = pyramid[level];
    if (sum === undefined || finer === undefined) break;
    addExpanded(finer, sum);
    sum = finer;
  }
  if (sum === undefined) throw new RangeError('an empty pyramid has no picture');
  return sum;
}

function addExpanded(finer: Plane, coarse: Plane): void {
  const { width, height, data } = finer;
  const rows = { into: new Float32Array(width), column: new Float32Array(coarse.width) };
  for (let y = 0; y < height; y++) {
    expandRow(coarse, y, rows);
    for (let x = 0, at = y * width; x < width; x++, at++)
      data[at] = (data[at] as number) + (rows.into[x] as number);
  }
}
