import { createPicture, lumaOf, type Picture } from '../pixels/picture.ts';
import type { Homography, Overview } from '../plan/plan.ts';
import { expose } from './bracket.ts';
import type { Scene } from './interior.ts';

type Size = { readonly width: number; readonly height: number };

/**
 * What a moved camera sees of a scene: the scene's radiance at `toScene` of every pixel, bicubic in
 * linear light, the border repeated.
 */
export function viewOfScene(scene: Scene, toScene: Homography, { width, height }: Size): Scene {
  const radiance = new Float32Array(width * height * 3);
  const [a, b, c, d, e, f, g, h, k] = toScene;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const [u, v] = [x + 0.5, y + 0.5];
      const w = g * u + h * v + k;
      const place = { x: (a * u + b * v + c) / w - 0.5, y: (d * u + e * v + f) / w - 0.5 };
      readRadiance(scene, place, radiance.subarray(at, at + 3));
    }
  }
  return { width, height, radiance };
}

function readRadiance(
  { width, height, radiance }: Scene,
  place: { readonly x: number; readonly y: number },
  into: Float32Array,
): void {
  const [left, top] = [Math.floor(place.x), Math.floor(place.y)];
  for (let j = -1; j <= 2; j++) {
    const row = Math.min(height - 1, Math.max(0, top + j)) * width;
    const share = cubic(place.y - top - j);
    for (let i = -1; i <= 2; i++) {
      const weight = share * cubic(place.x - left - i);
      const from = 3 * (row + Math.min(width - 1, Math.max(0, left + i)));
      for (let channel = 0; channel < 3; channel++)
        into[channel] = (into[channel] as number) + weight * (radiance[from + channel] as number);
    }
  }
}

/** Keys' kernel of 1981, a = -1/2. */
function cubic(distance: number): number {
  const t = Math.abs(distance);
  if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
  return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
}

/** An exposure of a scene as the engine sees it, 8 bits deep, with noise. */
export function overviewOf(
  scene: Scene,
  exposure: { readonly ev: number; readonly seed?: number },
  frame = 0,
): Overview {
  const { ev, seed = Math.round(97 * ev) + 500 } = exposure;
  return overviewOfPicture(
    pictureOfCodes(expose(scene, { ev, seed, light: [1, 1, 1] }), scene),
    frame,
  );
}

export function overviewOfPicture(picture: Picture, frame = 0): Overview {
  return { frame, name: `frame-${frame}.jpg`, picture, luma: lumaOf(picture), scale: 1 };
}

/** 8-bit codes as a picture of 16 bits. */
function pictureOfCodes(codes: Uint8Array, { width, height }: Size): Picture {
  const picture = createPicture(width, height);
  for (let i = 0; i < codes.length; i++) picture.data[i] = 257 * (codes[i] as number);
  return picture;
}
