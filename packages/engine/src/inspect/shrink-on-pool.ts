import type { Pool } from '../parallel/pool.ts';
import type { Task } from '../parallel/protocol.ts';
import { createPicture, type Picture } from '../pixels/picture.ts';
import type { RgbCodes } from '../pixels/reduce.ts';
import type { Size } from './small-copy.ts';

/** Rows of one task: about a millisecond for a photo of 24 megapixels. */
const STRIP_ROWS = 16;

/** `smallCopy` by the pool's kernels, also of codes of 8 bits. What lies in shared memory, which is
 * the arena's, is read there. */
export async function shrinkOnPool(pool: Pool, codes: RgbCodes, small: Size): Promise<Picture> {
  const { arena } = pool;
  const { width, height, data } = codes;
  const mark = arena.take(0);
  const source = data.buffer instanceof SharedArrayBuffer ? data.byteOffset : placed(pool, data);
  const out = createPicture(small.width, small.height);
  const into = arena.take(out.data.byteLength);
  const tasks: Task[] = [];
  for (let from = 0; from < small.height; from += STRIP_ROWS) {
    const to = Math.min(small.height, from + STRIP_ROWS);
    const { BYTES_PER_ELEMENT: bytes } = data;
    const sizes = [width, height, into, small.width, small.height];
    tasks.push([['shrink.area', source, bytes, ...sizes, from, to]]);
  }
  await pool.run(tasks);
  out.data.set(arena.uint16(into, out.data.length));
  arena.release(mark);
  return out;
}

function placed({ arena }: Pool, data: Uint8Array | Uint16Array): number {
  const address = arena.take(data.byteLength);
  if (data instanceof Uint16Array) arena.uint16(address, data.length).set(data);
  else arena.bytes(address, data.length).set(data);
  return address;
}
