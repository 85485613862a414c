/**
 * The picture every step after `merge` works on: interleaved RGB, sRGB-encoded, 16 bits per
 * channel (0..65535), `data.length === width * height * 3`. Sixteen bits keep the curves of the
 * later steps free of banding at half the memory of floats.
 */
export type Picture = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint16Array;
};

/** One channel of floats, row by row, `data.length === width * height`. Values are 0..1 unless said otherwise. */
export type Plane = {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
};

/** Rec. 709 luma weights; applied to sRGB-encoded values throughout the engine. */
export const LUMA_R = 0.2126;
export const LUMA_G = 0.7152;
export const LUMA_B = 0.0722;

/** A black picture of the given size in pixels. */
export function createPicture(width: number, height: number): Picture {
  return { width, height, data: new Uint16Array(width * height * 3) };
}

/** A zero plane of the given size in pixels. */
export function createPlane(width: number, height: number): Plane {
  return { width, height, data: new Float32Array(width * height) };
}

/** Writes the luma (0..1) of row `y` into `into` (at least `width` long). */
export function readLumaRow(picture: Picture, y: number, into: Float32Array): void {
  const { data, width } = picture;
  const scale = 1 / 65535;
  let at = y * width * 3;
  for (let x = 0; x < width; x++) {
    const r = data[at] as number;
    const g = data[at + 1] as number;
    const b = data[at + 2] as number;
    into[x] = (LUMA_R * r + LUMA_G * g + LUMA_B * b) * scale;
    at += 3;
  }
}

/** Luma (0..1) of a picture. */
export function lumaOf(picture: Picture): Plane {
  const plane = createPlane(picture.width, picture.height);
  for (let y = 0; y < plane.height; y++)
    readLumaRow(picture, y, plane.data.subarray(y * plane.width, (y + 1) * plane.width));
  return plane;
}
