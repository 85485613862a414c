import type { Picture } from '../pixels/picture.ts';
import type { Tensor } from './network.ts';

/** A window of a picture on a grid of its own. */
export type Patch = {
  /** Its corner, in pixels of the picture; may lie outside. */
  readonly left: number;
  readonly top: number;
  /** Pixels of the picture from one sample to the next, 2 at most: there is no filter against aliases. */
  readonly step: number;
  /** Left and right changed over. */
  readonly mirrored: boolean;
  /** Samples. */
  readonly width: number;
  readonly height: number;
};

/** The patch as the network takes it: -1..1, bilinear, and 0 outside of the picture. */
export function samplePatch(picture: Picture, patch: Patch): Tensor {
  const { width, height } = patch;
  const data = new Float32Array(width * height * 3);
  const columns = columnsOf(picture, patch);
  for (let y = 0; y < height; y++) {
    const place = patch.top + (y + 0.5) * patch.step;
    if (place < 0 || place > picture.height) continue;
    const above = Math.min(Math.max(place - 0.5, 0), picture.height - 1);
    const row = Math.floor(above);
    const next = Math.min(row + 1, picture.height - 1);
    const rows = { upper: row * picture.width * 3, lower: next * picture.width * 3 };
    mixRows(picture, { ...rows, share: above - row, columns }, data.subarray(y * width * 3));
  }
  return { width, height, channels: 3, data };
}

/** For each sample the column left of it, -1 outside of the picture, and how far it lies to the right. */
type Columns = { readonly left: Int32Array; readonly share: Float64Array };

function columnsOf(picture: Picture, { left, step, mirrored, width }: Patch): Columns {
  const columns = { left: new Int32Array(width).fill(-1), share: new Float64Array(width) };
  for (let x = 0; x < width; x++) {
    const place = left + ((mirrored ? width - 1 - x : x) + 0.5) * step;
    if (place < 0 || place > picture.width) continue;
    const along = Math.min(Math.max(place - 0.5, 0), picture.width - 1);
    columns.left[x] = Math.floor(along);
    columns.share[x] = along - Math.floor(along);
  }
  return columns;
}

type Rows = {
  /** Index of the first code of the two rows between which the samples lie. */
  readonly upper: number;
  readonly lower: number;
  readonly share: number;
  readonly columns: Columns;
};

function mixRows({ data, width }: Picture, rows: Rows, into: Float32Array): void {
  const { left, share: shares } = rows.columns;
  const scale = 2 / 65535;
  for (let x = 0; x < left.length; x++) {
    const column = left[x] as number;
    if (column < 0) continue;
    const right = Math.min(column + 1, width - 1) * 3;
    const share = shares[x] as number;
    for (let c = 0; c < 3; c++) {
      const a = data[rows.upper + column * 3 + c] as number;
      const b = data[rows.upper + right + c] as number;
      const d = data[rows.lower + column * 3 + c] as number;
      const e = data[rows.lower + right + c] as number;
      const upper = a + (b - a) * share;
      const lower = d + (e - d) * share;
      into[x * 3 + c] = (upper + (lower - upper) * rows.share) * scale - 1;
    }
  }
}
