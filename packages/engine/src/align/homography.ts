import type { Homography } from '../plan/plan.ts';

export const IDENTITY: Homography = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** `first`, then `second`. */
export function followedBy(first: Homography, second: Homography): Homography {
  const product: number[] = [];
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      let sum = 0;
      for (let k = 0; k < 3; k++)
        sum += (second[row * 3 + k] as number) * (first[k * 3 + column] as number);
      product.push(sum);
    }
  }
  return normalised(product);
}

/** The way back. @throws RangeError when there is none. */
export function inverted(h: Homography): Homography {
  const [a, b, c, d, e, f, g, k, l] = h;
  const cofactors = [e * l - f * k, f * g - d * l, d * k - e * g] as const;
  const determinant = a * cofactors[0] + b * cofactors[1] + c * cofactors[2];
  if (Math.abs(determinant) < 1e-12) throw new RangeError('the homography cannot be inverted');
  return normalised([
    cofactors[0],
    c * k - b * l,
    b * f - c * e,
    cofactors[1],
    a * l - c * g,
    c * d - a * f,
    cofactors[2],
    b * g - a * k,
    a * e - b * d,
  ]);
}

/** The same movement in pixels that are `factor` times smaller (an overview's, brought to full size). */
export function scaledUp(h: Homography, factor: number): Homography {
  const [a, b, c, d, e, f, g, k, l] = h;
  return [a, b, c * factor, d, e, f * factor, g / factor, k / factor, l];
}

/** Where the point (x, y) goes. */
export function moved(h: Homography, x: number, y: number): { x: number; y: number } {
  const w = h[6] * x + h[7] * y + h[8];
  return { x: (h[0] * x + h[1] * y + h[2]) / w, y: (h[3] * x + h[4] * y + h[5]) / w };
}

/** Derivatives of both coordinates at (x, y): [dX/dx, dX/dy, dY/dx, dY/dy]. */
export function slopeAt(
  h: Homography,
  x: number,
  y: number,
): readonly [number, number, number, number] {
  const w = h[6] * x + h[7] * y + h[8];
  const at = moved(h, x, y);
  return [
    (h[0] - h[6] * at.x) / w,
    (h[1] - h[7] * at.x) / w,
    (h[3] - h[6] * at.y) / w,
    (h[4] - h[7] * at.y) / w,
  ];
}

type Size = { readonly width: number; readonly height: number };

/** How far two homographies lie apart over a frame: root mean square and largest, in pixels. */
export function apart(a: Homography, b: Homography, { width, height }: Size) {
  const steps = 8;
  let [sum, largest] = [0, 0];
  for (let j = 0; j <= steps; j++) {
    for (let i = 0; i <= steps; i++) {
      const [x, y] = [(i / steps) * width, (j / steps) * height];
      const [p, q] = [moved(a, x, y), moved(b, x, y)];
      const square = (p.x - q.x) ** 2 + (p.y - q.y) ** 2;
      sum += square;
      largest = Math.max(largest, square);
    }
  }
  return { rms: Math.sqrt(sum / (steps + 1) ** 2), largest: Math.sqrt(largest) };
}

function normalised(h: readonly number[]): Homography {
  const scale = 1 / (h[8] as number);
  return h.map((value) => value * scale) as unknown as Homography;
}
