import { createPicture, type Picture } from '../pixels/picture.ts';

export type Size = { readonly width: number; readonly height: number };

/** Longer side in pixels at most: defects that matter are seen there, and noise of the file is not. */
const LONG_SIDE = 768;

/** Size of the copy that a picture is looked at in. */
export function smallSize({ width, height }: Size): Size {
  const factor = Math.max(1, Math.max(width, height) / LONG_SIDE);
  return {
    width: Math.max(1, Math.round(width / factor)),
    height: Math.max(1, Math.round(height / factor)),
  };
}

/** A picture at the size of small copies that it is to be compared with. */
export function smallCopy(picture: Picture, small: Size): Picture {
  const fits = picture.width === small.width && picture.height === small.height;
  return fits ? picture : shrunk(picture, small);
}

/** Area means; sizes need not divide each other. */
function shrunk({ width, height, data }: Picture, small: Size): Picture {
  const out = createPicture(small.width, small.height);
  const [across, down] = [width / small.width, height / small.height];
  const sums = new Float64Array(3 * width);
  for (let y = 0; y < out.height; y++) {
    sums.fill(0);
    const [top, bottom] = [y * down, Math.min(height, (y + 1) * down)];
    for (let line = Math.floor(top); line < bottom; line++) {
      const share = (Math.min(bottom, line + 1) - Math.max(top, line)) / (bottom - top);
      for (let i = 0, at = 3 * width * line; i < sums.length; i++, at++)
        sums[i] = (sums[i] as number) + share * (data[at] as number);
    }
    const row = out.data.subarray(3 * y * out.width, 3 * (y + 1) * out.width);
    narrow(sums, across, row);
  }
  return out;
}

function narrow(sums: Float64Array, across: number, into: Uint16Array): void {
  const width = sums.length / 3;
  for (let x = 0, at = 0; at < into.length; x++, at += 3) {
    const left = x * across;
    const right = Math.min(width, left + across);
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let column = Math.floor(left); column < right; column++) {
      const share = Math.min(right, column + 1) - Math.max(left, column);
      red += share * (sums[3 * column] as number);
      green += share * (sums[3 * column + 1] as number);
      blue += share * (sums[3 * column + 2] as number);
    }
    into[at] = red / (right - left) + 0.5;
    into[at + 1] = green / (right - left) + 0.5;
    into[at + 2] = blue / (right - left) + 0.5;
  }
}
