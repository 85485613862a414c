import { boxMean } from '../pixels/guided-filter.ts';
import type { Plane } from '../pixels/picture.ts';

/** Windows of 2 * 4 + 1 pixels, as SSIM's 11-pixel Gaussian covers. */
const RADIUS = 4;

/** Contrast (variance) below which a window of the reference holds nothing to keep. */
const FLAT = (4 / 255) ** 2;

/**
 * Structure term of SSIM (Wang et al., TIP 2004): the correlation of two pictures in small windows,
 * averaged over the windows where the reference has something to show. Brightness and contrast may
 * change freely; what may not is the content.
 * @returns -1..1; 1 when the reference is flat everywhere
 */
export function structureKept(picture: Plane, reference: Plane): number {
  const [meanA, meanB] = [boxMean(picture, RADIUS), boxMean(reference, RADIUS)];
  const squareA = boxMean(product(picture, picture), RADIUS);
  const squareB = boxMean(product(reference, reference), RADIUS);
  const cross = boxMean(product(picture, reference), RADIUS);
  let [sum, count] = [0, 0];
  for (let i = 0; i < cross.data.length; i++) {
    const [a, b] = [meanA.data[i] as number, meanB.data[i] as number];
    const varianceB = (squareB.data[i] as number) - b * b;
    if (varianceB < FLAT) continue;
    const varianceA = Math.max(0, (squareA.data[i] as number) - a * a);
    sum += ((cross.data[i] as number) - a * b) / Math.sqrt(varianceA * varianceB + 1e-12);
    count++;
  }
  return count === 0 ? 1 : sum / count;
}

function product(a: Plane, b: Plane): Plane {
  return {
    width: a.width,
    height: a.height,
    data: a.data.map((value, i) => value * (b.data[i] as number)),
  };
}
