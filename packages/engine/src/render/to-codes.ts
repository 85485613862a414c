import type { Canvas } from './canvas.ts';

/** Kernels write up to this many bytes after the last code. */
const SLACK = 64;

/**
 * The finished photo as interleaved 8-bit RGB. What is returned is a view of shared memory that the
 * next stage or photo overwrites.
 */
export async function toCodes(canvas: Canvas): Promise<Uint8Array> {
  const { pool, photo } = canvas;
  const { y, cb, cr } = photo;
  const bytes = y.width * y.height * 3;
  const into = canvas.otherBytes(bytes + SLACK);
  await pool.strips(y, (start, end) => [
    'output.rgb8',
    ...[y.address, y.stride, cb.address, cr.address, cb.stride, cb.height],
    ...[y.width, into, start, end],
  ]);
  return pool.arena.bytes(into, bytes);
}
