import { createPlane, type Plane } from '../pixels/picture.ts';
import type { SmallView } from './small-view.ts';

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

export function blocksOf({ luma, soft, broad }: SmallView): Blocks {
  const columns = Math.max(1, Math.floor(luma.width / BLOCK));
  const rows = Math.max(1, Math.floor(luma.height / BLOCK));
  const blocks: Blocks = {
    columns,
    rows,
    fine: new Float32Array(columns * rows),
    coarse: new Float32Array(columns * rows),
    mean: new Float32Array(columns * rows),
  };
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      readBlock(blocks, { luma, soft, broad }, { row, column });
  return blocks;
}

type Bands = { readonly luma: Plane; readonly soft: Plane; readonly broad: Plane };

function readBlock(
  blocks: Blocks,
  { luma, soft, broad }: Bands,
  { row, column }: { readonly row: number; readonly column: number },
): void {
  const [width, height] = [Math.min(BLOCK, luma.width), Math.min(BLOCK, luma.height)];
  let [fine, coarse, sum] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    const from = (row * BLOCK + y) * luma.width + column * BLOCK;
    for (let at = from; at < from + width; at++) {
      const middle = soft.data[at] as number;
      fine += ((luma.data[at] as number) - middle) ** 2;
      coarse += (middle - (broad.data[at] as number)) ** 2;
      sum += luma.data[at] as number;
    }
  }
  const count = width * height;
  const index = row * blocks.columns + column;
  blocks.fine[index] = Math.sqrt(fine / count);
  blocks.coarse[index] = Math.sqrt(coarse / count);
  blocks.mean[index] = sum / count;
}

/** Correlation, -1..1, of two pictures in each block, of what is smaller than 17 pixels. */
export function correlations(a: SmallView, b: SmallView, blocks: Blocks): Plane {
  const out = createPlane(blocks.columns, blocks.rows);
  const { width } = a.luma;
  const [w, h] = [Math.min(BLOCK, width), Math.min(BLOCK, a.luma.height)];
  for (let index = 0; index < out.data.length; index++) {
    const [row, column] = [Math.floor(index / blocks.columns), index % blocks.columns];
    let [aa, bb, ab] = [1e-9, 1e-9, 0];
    for (let y = 0; y < h; y++) {
      const from = (row * BLOCK + y) * width + column * BLOCK;
      for (let at = from; at < from + w; at++) {
        const left = (a.soft.data[at] as number) - (a.broad.data[at] as number);
        const right = (b.soft.data[at] as number) - (b.broad.data[at] as number);
        aa += left * left;
        bb += right * right;
        ab += left * right;
      }
    }
    out.data[index] = ab / Math.sqrt(aa * bb);
  }
  return out;
}
