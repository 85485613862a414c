import type { Camera } from './camera.ts';

/**
 * How a lens bends the picture. A point at radius r of the picture as it should be (1 = half the
 * diagonal) lies at r (1 + k1 r^2) in the picture as it was taken: k1 < 0 is barrel distortion.
 */
export type Distortion = number;

/** Where a point of the taken picture belongs: inverse of `bend`, by Newton's method. */
export function straighten(r: number, k1: Distortion): number {
  let straight = r;
  for (let i = 0; i < 4; i++) {
    const square = straight * straight;
    straight -= (straight * (1 + k1 * square) - r) / (1 + 3 * k1 * square);
  }
  return straight;
}

/** Where a point of the straight picture was taken. */
export function bend(r: number, k1: Distortion): number {
  return r * (1 + k1 * r * r);
}

/** The straight position of a pixel, in units of the focal length from the axis. */
export function toRay(
  camera: Camera,
  k1: Distortion,
  [x, y]: readonly [x: number, y: number],
): [x: number, y: number] {
  const dx = x - camera.centreX;
  const dy = y - camera.centreY;
  const factor = rayFactor(camera, k1, { dx, dy });
  return [dx * factor, dy * factor];
}

/** What pixels from the axis are multiplied by to get their straight position in focal lengths. */
export function rayFactor(
  { radius, focal }: Camera,
  k1: Distortion,
  { dx, dy }: { readonly dx: number; readonly dy: number },
): number {
  if (k1 === 0) return 1 / focal;
  const r = Math.sqrt(dx * dx + dy * dy) / radius;
  return r === 0 ? 1 / focal : straighten(r, k1) / r / focal;
}
