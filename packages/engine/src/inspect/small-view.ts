import { boxMean } from '../pixels/guided-filter.ts';
import { createPicture, createPlane, lumaOf, type Picture, type Plane } from '../pixels/picture.ts';

/** Longer side in pixels at most: defects that matter are seen there, and noise of the file is not. */
const LONG_SIDE = 768;

/** A picture made small for looking at it, and its luma at three degrees of smoothness. */
export type SmallView = {
  readonly picture: Picture;
  /** 0..1 */
  readonly luma: Plane;
  /** Means over 3 x 3 and 17 x 17 pixels. */
  readonly soft: Plane;
  readonly broad: Plane;
};

/** @param like a picture whose small size to take, so that both lie on each other */
export function smallView(picture: Picture, like: Picture = picture): SmallView {
  const factor = Math.max(1, Math.max(like.width, like.height) / LONG_SIDE);
  const size = {
    width: Math.max(1, Math.round(like.width / factor)),
    height: Math.max(1, Math.round(like.height / factor)),
  };
  const small = resized(picture, size);
  const luma = lumaOf(small);
  return { picture: small, luma, soft: boxMean(luma, 1), broad: boxMean(luma, 8) };
}

/** Area means; sizes need not divide each other. */
function resized(
  picture: Picture,
  size: { readonly width: number; readonly height: number },
): Picture {
  if (size.width === picture.width && size.height === picture.height) return picture;
  const out = createPicture(size.width, size.height);
  for (let channel = 0; channel < 3; channel++) {
    const narrow = narrowed(picture, channel, size.width);
    lowered(narrow, out, channel);
  }
  return out;
}

function narrowed({ width, height, data }: Picture, channel: number, wanted: number): Plane {
  const out = createPlane(wanted, height);
  const step = width / wanted;
  for (let x = 0; x < wanted; x++) {
    const [from, to] = [x * step, Math.min(width, (x + 1) * step)];
    for (let column = Math.floor(from); column < to; column++) {
      const share = (Math.min(to, column + 1) - Math.max(from, column)) / (to - from);
      for (let y = 0; y < height; y++)
        out.data[y * wanted + x] =
          (out.data[y * wanted + x] as number) +
          share * (data[(y * width + column) * 3 + channel] as number);
    }
  }
  return out;
}

function lowered(narrow: Plane, out: Picture, channel: number): void {
  const step = narrow.height / out.height;
  const row = new Float32Array(out.width);
  for (let y = 0; y < out.height; y++) {
    row.fill(0);
    const [from, to] = [y * step, Math.min(narrow.height, (y + 1) * step)];
    for (let line = Math.floor(from); line < to; line++) {
      const share = (Math.min(to, line + 1) - Math.max(from, line)) / (to - from);
      for (let x = 0; x < out.width; x++)
        row[x] = (row[x] as number) + share * (narrow.data[line * narrow.width + x] as number);
    }
    for (let x = 0; x < out.width; x++)
      out.data[(y * out.width + x) * 3 + channel] = Math.round(row[x] as number);
  }
}
