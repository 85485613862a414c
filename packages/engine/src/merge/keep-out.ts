import { createPlane, type Plane } from '../pixels/picture.ts';
import { halved } from '../pixels/pyramid.ts';

/** How far, in samples of each level, what an exposure must not show reaches into its Laplacian. */
const REACH = 2;

/**
 * Takes exposures out of the sum wherever what they must not show has a part in it. A coefficient of a
 * coarse level is made of many pixels: with the mask's mean as its weight, half of a moved person would
 * shine through. The others take over what is missing, in their own proportions.
 * @param weights for each layer one plane per level; changed in place
 * @param masks for each layer 0..1 as large as level 0, or `null`; at each pixel one of them is 1
 */
export function keepOut(
  weights: readonly (readonly Plane[])[],
  masks: readonly (Plane | null)[],
): void {
  if (masks.every((mask) => mask === null || mask.data.every((value) => value === 1))) return;
  const allowed = masks.map((mask) => mask);
  const levels = weights[0]?.length ?? 0;
  for (let level = 0; level < levels; level++) {
    const grown = allowed.map((mask) => (mask === null ? null : lowest(mask, REACH)));
    share(
      weights.map((planes) => planes[level]),
      grown,
    );
    for (const [k, mask] of allowed.entries()) if (mask !== null) allowed[k] = halvedMean(mask);
  }
}

function share(planes: readonly (Plane | undefined)[], masks: readonly (Plane | null)[]): void {
  const [first] = planes;
  if (first === undefined) return;
  for (let i = 0; i < first.data.length; i++) {
    let [before, after] = [0, 0];
    for (const [k, plane] of planes.entries()) {
      const weight = plane?.data[i] ?? 0;
      before += weight;
      after += weight * (masks[k]?.data[i] ?? 1);
    }
    // Where the mask's reach leaves nobody, everybody stays.
    if (after >= before || after < 1e-4 * before) continue;
    for (const [k, plane] of planes.entries())
      if (plane !== undefined)
        plane.data[i] = ((plane.data[i] as number) * (masks[k]?.data[i] ?? 1) * before) / after;
  }
}

/** The lowest value within `reach` samples in each direction. */
function lowest(plane: Plane, reach: number): Plane {
  const { width, height } = plane;
  const across = createPlane(width, height);
  const out = createPlane(width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let value = 1;
      for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++)
        value = Math.min(value, plane.data[y * width + u] as number);
      across.data[y * width + x] = value;
    }
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let value = 1;
      for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++)
        value = Math.min(value, across.data[v * width + x] as number);
      out.data[y * width + x] = value;
    }
  return out;
}

/**
 * Half the size; each sample is the mean of those it stands for. What is much smaller than a sample has
 * as small a part in it, and must not take an exposure's light from half of the photo.
 */
function halvedMean({ width, height, data }: Plane): Plane {
  const out = createPlane(halved(width), halved(height));
  for (let y = 0; y < out.height; y++) {
    const [upper, lower] = [2 * y * width, Math.min(height - 1, 2 * y + 1) * width];
    for (let x = 0; x < out.width; x++) {
      const [left, right] = [2 * x, Math.min(width - 1, 2 * x + 1)];
      out.data[y * out.width + x] =
        ((data[upper + left] as number) +
          (data[upper + right] as number) +
          (data[lower + left] as number) +
          (data[lower + right] as number)) /
        4;
    }
  }
  return out;
}
