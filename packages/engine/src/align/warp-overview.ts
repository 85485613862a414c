import { createPlaces, FRACTIONS, type Places, readRow } from '../pixels/cubic.ts';
import { createPicture, createPlane, type Picture, type Plane } from '../pixels/picture.ts';
import type { Homography } from '../plan/plan.ts';

export type Warped = {
  /** Where the frame shows nothing, its rim is repeated. */
  readonly picture: Picture;
  /** 1 where the frame shows the place, 0 outside. */
  readonly covered: Plane;
};

/**
 * Brings a frame onto the reference: bicubic, clamped to 16 bits.
 * @param toFrame pixel of the reference -> pixel of this picture, at the picture's own scale
 * @param size of the part of the reference that is wanted, from its top left corner on
 */
export function warpOverview(
  picture: Picture,
  toFrame: Homography,
  { width, height }: { readonly width: number; readonly height: number } = picture,
): Warped {
  const out = createPicture(width, height);
  const covered = createPlane(width, height);
  const places = createPlaces(width);
  for (let y = 0; y < height; y++) {
    findPlaces(places, toFrame, y);
    const from = y * width;
    for (let x = 0; x < width; x++) {
      const [left, top] = [places.left[x] as number, places.top[x] as number];
      if (left >= -1 && top >= -1 && left < picture.width && top < picture.height)
        covered.data[from + x] = 1;
    }
    readRow(picture, places, out.data.subarray(3 * from, 3 * (from + width)));
  }
  return { picture: out, covered };
}

function findPlaces({ left, top, across, down }: Places, toFrame: Homography, y: number): void {
  const [a, b, c, d, e, f, g, h, k] = toFrame;
  const v = y + 0.5;
  for (let x = 0; x < left.length; x++) {
    const u = x + 0.5;
    const w = FRACTIONS / (g * u + h * v + k);
    const px = Math.round((a * u + b * v + c) * w) - FRACTIONS / 2;
    const py = Math.round((d * u + e * v + f) * w) - FRACTIONS / 2;
    left[x] = px >> 8;
    top[x] = py >> 8;
    across[x] = 4 * (px & 255);
    down[x] = 4 * (py & 255);
  }
}
