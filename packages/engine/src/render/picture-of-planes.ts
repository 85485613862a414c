import type { Pool } from '../parallel/pool.ts';
import { createPicture, type Picture } from '../pixels/picture.ts';
import type { YccRef } from './planes.ts';

/** Planes as a picture of 16 bits, as `joinPicture` puts it together. */
export async function pictureOfPlanes(pool: Pool, { y, cb, cr }: YccRef): Promise<Picture> {
  const { arena } = pool;
  const picture = createPicture(y.width, y.height);
  const { data } = picture;
  const codes = arena.take(data.byteLength);
  await pool.strips(y, (from, to) => [
    'codes.rgb16',
    ...[y.address, y.stride, cb.address, cr.address, cb.stride, cb.height],
    ...[y.width, codes, from, to],
  ]);
  new Uint8Array(data.buffer).set(arena.bytes(codes, data.byteLength));
  arena.release(codes);
  return picture;
}
