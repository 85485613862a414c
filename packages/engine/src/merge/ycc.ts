import {
  createPicture,
  createPlane,
  LUMA_B,
  LUMA_G,
  LUMA_R,
  type Picture,
  type Plane,
} from '../pixels/picture.ts';
import { halved } from '../pixels/pyramid.ts';

/** Luma (0..1) of every pixel, Cb and Cr (-0.5..0.5) of every 2 x 2 pixels: BT.709 on sRGB-encoded values. */
export type Ycc = { readonly y: Plane; readonly cb: Plane; readonly cr: Plane };

const CB_SPAN = 2 * (1 - LUMA_B);
const CR_SPAN = 2 * (1 - LUMA_R);

/** Share of Cb and Cr in green. */
const GREEN_CB = (CB_SPAN * LUMA_B) / LUMA_G;
const GREEN_CR = (CR_SPAN * LUMA_R) / LUMA_G;

/** How much a curve that lifts shadows may multiply their colour, which is mostly noise down there. */
const MAX_COLOR_GAIN = 3;

/**
 * Splits a picture.
 * @param luma of the same picture, 0..1
 * @param curve luma to luma, evenly spaced over 0..1; colour is scaled along
 */
export function splitPicture(picture: Picture, luma: Plane, curve: Float32Array | null): Ycc {
  const { width, height, data } = picture;
  const cb = createPlane(halved(width), halved(height));
  const cr = createPlane(cb.width, cb.height);
  const scale = 0.25 / 65535;
  for (let y = 0; y < cb.height; y++) {
    const upper = 2 * y * width;
    const lower = Math.min(height - 1, 2 * y + 1) * width;
    for (let x = 0; x < cb.width; x++) {
      const left = 2 * x;
      const right = left + 1 < width ? left + 1 : left;
      const a = 3 * (upper + left);
      const b = 3 * (upper + right);
      const c = 3 * (lower + left);
      const d = 3 * (lower + right);
      const red =
        (data[a] as number) + (data[b] as number) + (data[c] as number) + (data[d] as number);
      const green =
        (data[a + 1] as number) +
        (data[b + 1] as number) +
        (data[c + 1] as number) +
        (data[d + 1] as number);
      const blue =
        (data[a + 2] as number) +
        (data[b + 2] as number) +
        (data[c + 2] as number) +
        (data[d + 2] as number);
      const grey = (LUMA_R * red + LUMA_G * green + LUMA_B * blue) * scale;
      const gain = curve === null ? 1 : colorGain(curve, grey);
      cb.data[y * cb.width + x] = ((blue * scale - grey) / CB_SPAN) * gain;
      cr.data[y * cb.width + x] = ((red * scale - grey) / CR_SPAN) * gain;
    }
  }
  return { y: bent(luma, curve), cb, cr };
}

/** Puts a picture together; values outside the range are cut. */
export function joinPicture({ y: luma, cb, cr }: Ycc): Picture {
  const { width, height } = luma;
  const picture = createPicture(width, height);
  const [blues, reds] = [new Float32Array(width), new Float32Array(width)];
  const column = new Float32Array(cb.width);
  const { data } = picture;
  for (let y = 0; y < height; y++) {
    enlargeRow(cb, y, { into: blues, column });
    enlargeRow(cr, y, { into: reds, column });
    let at = 3 * y * width;
    for (let x = 0; x < width; x++, at += 3) {
      const grey = luma.data[y * width + x] as number;
      const blue = blues[x] as number;
      const red = reds[x] as number;
      data[at] = toCode(grey + CR_SPAN * red);
      data[at + 1] = toCode(grey - GREEN_CB * blue - GREEN_CR * red);
      data[at + 2] = toCode(grey + CB_SPAN * blue);
    }
  }
  return picture;
}

function toCode(value: number): number {
  return value <= 0 ? 0 : value >= 1 ? 65535 : value * 65535 + 0.5;
}

/** Row `y` of a plane doubled bilinearly; samples stand for 2 x 2 pixels, their centres are kept. */
export function enlargeRow(
  plane: Plane,
  y: number,
  rows: { into: Float32Array; column: Float32Array },
): void {
  const { width, height, data } = plane;
  const { into, column } = rows;
  const here = (y >> 1) * width;
  const beside = Math.min(height - 1, Math.max(0, (y >> 1) + (y & 1 ? 1 : -1))) * width;
  for (let i = 0; i < width; i++)
    column[i] = 0.75 * (data[here + i] as number) + 0.25 * (data[beside + i] as number);
  let before = column[0] as number;
  let value = before;
  for (let i = 0; i < width; i++) {
    const after = column[i + 1 < width ? i + 1 : i] as number;
    into[2 * i] = 0.75 * value + 0.25 * before;
    // Past the end of an odd row this writes nothing.
    into[2 * i + 1] = 0.75 * value + 0.25 * after;
    before = value;
    value = after;
  }
}

/** A plane through a curve; `null`: as it is. */
export function bent(plane: Plane, curve: Float32Array | null): Plane {
  if (curve === null) return plane;
  const out = createPlane(plane.width, plane.height);
  for (let i = 0; i < out.data.length; i++) out.data[i] = readCurve(curve, plane.data[i] as number);
  return out;
}

/** What colour is multiplied with where luma goes through a curve. */
export function colorGain(curve: Float32Array, value: number): number {
  // The slope from black; near black itself the curve's first step says it.
  const from = Math.max(value, 1 / (curve.length - 1));
  return Math.min(MAX_COLOR_GAIN, readCurve(curve, from) / from);
}

/** A curve between whose points it is read linearly. */
export function readCurve(curve: Float32Array, value: number): number {
  const last = curve.length - 1;
  const at = value <= 0 ? 0 : value >= 1 ? last : value * last;
  const index = Math.min(last - 1, Math.floor(at));
  const low = curve[index] as number;
  return low + (at - index) * ((curve[index + 1] as number) - low);
}
