import type { Plane } from '../pixels/picture.ts';
import type { Layers } from './small-view.ts';

/** Side in pixels of the blocks that are judged one by one. */
export const BLOCK = 16;

/** What a block of luma holds: finest detail, larger detail, brightness. */
export type Blocks = {
  readonly columns: number;
  readonly rows: number;
  /** Root mean square of luma minus its 3 x 3 mean. */
  readonly fine: Float32Array;
  /** Root mean square of the 3 x 3 mean minus the 17 x 17 mean. */
  readonly coarse: Float32Array;
  readonly mean: Float32Array;
};

export function blocksOf(layers: Layers): Blocks {
  const { luma } = layers;
  const columns = columnsOf(luma.width);
  const rows = Math.max(1, Math.floor(luma.height / BLOCK));
  const blocks: Blocks = {
    columns,
    rows,
    fine: new Float32Array(columns * rows),
    coarse: new Float32Array(columns * rows),
    mean: new Float32Array(columns * rows),
  };
  for (let index = 0; index < columns * rows; index++) readBlock(blocks, layers, index);
  return blocks;
}

function readBlock(blocks: Blocks, { luma, soft, band }: Layers, index: number): void {
  const { from, width, height } = placeOf(luma, index);
  let fine = 0;
  let coarse = 0;
  let sum = 0;
  for (let y = 0; y < height; y++) {
    const start = from + y * luma.width;
    for (let at = start; at < start + width; at++) {
      const value = luma.data[at] as number;
      const detail = value - (soft.data[at] as number);
      const larger = band.data[at] as number;
      fine += detail * detail;
      coarse += larger * larger;
      sum += value;
    }
  }
  const count = width * height;
  blocks.fine[index] = Math.sqrt(fine / count);
  blocks.coarse[index] = Math.sqrt(coarse / count);
  blocks.mean[index] = sum / count;
}

/** First pixel and size of a block; pictures smaller than a block have one that is as large as they are. */
function placeOf(
  { width, height }: Plane,
  index: number,
): { readonly from: number; readonly width: number; readonly height: number } {
  const columns = columnsOf(width);
  const column = index % columns;
  const row = (index - column) / columns;
  return {
    from: row * BLOCK * width + column * BLOCK,
    width: Math.min(BLOCK, width),
    height: Math.min(BLOCK, height),
  };
}

/** Blocks beside each other; what is left over is not judged. */
function columnsOf(width: number): number {
  return Math.max(1, Math.floor(width / BLOCK));
}

/** Correlation, -1..1, of the larger detail of two pictures in one block. */
export function correlation(a: Plane, b: Plane, index: number): number {
  const { from, width, height } = placeOf(a, index);
  let [aa, bb, ab] = [1e-9, 1e-9, 0];
  for (let y = 0; y < height; y++) {
    const start = from + y * a.width;
    for (let at = start; at < start + width; at++) {
      const left = a.data[at] as number;
      const right = b.data[at] as number;
      aa += left * left;
      bb += right * right;
      ab += left * right;
    }
  }
  return ab / Math.sqrt(aa * bb);
}
