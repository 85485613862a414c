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
  const reader = { x: 0, y: 0, into: radiance, at: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, reader.at += 3) {
      const [u, v] = [x + 0.5, y + 0.5];
      const w = g * u + h * v + k;
      reader.x = (a * u + b * v + c) / w - 0.5;
      reader.y = (d * u + e * v + f) / w - 0.5;
      readRadiance(scene, reader);
    }
  }
  return { width, height, radiance };
}

type Reader = { x: number; y: number; readonly into: Float32Array; at: number };

function readRadiance({ width, height, radiance }: Scene, { x, y, into, at }: Reader): void {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  let [red, green, blue] = [0, 0, 0];
  for (let j = -1; j <= 2; j++) {
    const row = Math.min(height - 1, Math.max(0, top + j)) * width;
    const share = cubic(y - top - j);
    for (let i = -1; i <= 2; i++) {
      const weight = share * cubic(x - left - i);
      const from = 3 * (row + Math.min(width - 1, Math.max(0, left + i)));
      red += weight * (radiance[from] as number);
      green += weight * (radiance[from + 1] as number);
      blue += weight * (radiance[from + 2] as number);
    }
  }
  into[at] = red;
  into[at + 1] = green;
  into[at + 2] = blue;
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
