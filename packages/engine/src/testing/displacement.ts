import type { Picture } from '../pixels/picture.ts';

/** A half of a picture, in shares of its size. */
export type Part = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};
export const HALVES: readonly Part[] = [
  { left: 0, top: 0, right: 0.5, bottom: 1 },
  { left: 0.5, top: 0, right: 1, bottom: 1 },
  { left: 0, top: 0, right: 1, bottom: 0.5 },
  { left: 0, top: 0.5, right: 1, bottom: 1 },
];

/** How far `moved` lies from `still` in pixels, by least squares on the gradients of green. */
export function displacement(still: Picture, moved: Picture, part: Part): [x: number, y: number] {
  const { width, height } = still;
  const green = (picture: Picture, x: number, y: number): number =>
    picture.data[(y * width + x) * 3 + 1] as number;
  let [xx, xy, yy, xd, yd] = [0, 0, 0, 0, 0];
  for (
    let y = Math.max(1, Math.floor(part.top * height));
    y < Math.min(height - 1, part.bottom * height);
    y++
  ) {
    for (
      let x = Math.max(1, Math.floor(part.left * width));
      x < Math.min(width - 1, part.right * width);
      x++
    ) {
      const gx = (green(still, x + 1, y) - green(still, x - 1, y)) / 2;
      const gy = (green(still, x, y + 1) - green(still, x, y - 1)) / 2;
      const difference = green(still, x, y) - green(moved, x, y);
      xx += gx * gx;
      xy += gx * gy;
      yy += gy * gy;
      xd += gx * difference;
      yd += gy * difference;
    }
  }
  const determinant = xx * yy - xy * xy;
  return [(xd * yy - yd * xy) / determinant, (yd * xx - xd * xy) / determinant];
}
