import type { Picture } from '../pixels/picture.ts';

/** Two codes of an 8-bit file: what rounding on the way through a JPEG can make of a grey. */
const ROUNDING = 2 * 257;

/** Whether a photo is black and white. One pixel with a colour says that it is not. */
export function isMonochrome({ data }: Picture): boolean {
  for (let i = 0; i < data.length; i += 3) {
    const red = data[i] as number;
    const green = data[i + 1] as number;
    const blue = data[i + 2] as number;
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > ROUNDING) return false;
  }
  return true;
}
