import type { Pool } from '../parallel/pool.ts';
import type { YccRef } from './planes.ts';

/** Kernels write up to this many bytes after the last code. */
const SLACK = 64;

/** Address of room for the codes of a photo. */
export function takeCodes(pool: Pool, width: number, height: number): number {
  return pool.arena.take(width * height * 3 + SLACK);
}

/** The finished photo as interleaved 8-bit RGB, in shared memory: a view, not a copy. */
export async function toCodes(pool: Pool, from: YccRef, into: number): Promise<Uint8Array> {
  const { y, cb, cr } = from;
  await pool.strips(y, (start, end) => [
    'output.rgb8',
    ...[y.address, y.stride, cb.address, cr.address, cb.stride, cb.height],
    ...[y.width, into, start, end],
  ]);
  return pool.arena.bytes(into, y.width * y.height * 3);
}
