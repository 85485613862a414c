import { type DenoisePlan, planDenoise, type Smoothing } from '../denoise/plan-denoise.ts';
import type { Arena } from '../parallel/arena.ts';
import type { Pool } from '../parallel/pool.ts';
import type { Canvas } from './canvas.ts';
import { noiseSourceOf } from './noise-source.ts';
import { ONE, type PlaneRef } from './planes.ts';

/** Bytes of a row before its first sample. */
const PAD_BYTES = 64;

/** Sample that luma's squares are taken from. */
const MIDDLE = ONE / 2;

/**
 * Measures the full-size photo's noise and takes it out where there is any. Small copies cannot tell:
 * making them averages noise away.
 * @returns what was done; `null`: nothing, the photo is clean
 */
export async function denoiseFrame(canvas: Canvas): Promise<DenoisePlan | null> {
  const { pool, photo } = canvas;
  const plan = planDenoise(noiseSourceOf(pool.arena, photo));
  if (plan === null) return null;
  const into = canvas.other(photo.y.width, photo.y.height);
  await smoothPlane(pool, { from: photo.y, into: into.y, middle: MIDDLE }, plan.luma);
  await smoothPlane(pool, { from: photo.cb, into: into.cb, middle: 0 }, plan.cb);
  await smoothPlane(pool, { from: photo.cr, into: into.cr, middle: 0 }, plan.cr);
  canvas.turn(into);
  return plan;
}

type Way = { readonly from: PlaneRef; readonly into: PlaneRef; readonly middle: number };

async function smoothPlane(
  pool: Pool,
  { from, into, middle }: Way,
  smoothing: Smoothing | null,
): Promise<void> {
  const { arena } = pool;
  if (smoothing === null) {
    copyRows(arena, from, into);
    return;
  }
  const { radius, strength, variances } = smoothing;
  const mark = arena.take(0);
  const table = arena.take(variances.byteLength);
  arena.float32(table, variances.length).set(variances.map((value) => value * ONE * ONE));
  await pool.strips(from, (start, end) => [
    'denoise.smooth',
    ...[from.address, from.stride, from.width, from.height, into.address, into.stride],
    ...[radius, middle, table, strength, start, end],
  ]);
  arena.release(mark);
}

/** Both planes have the same size, and so the same layout. */
function copyRows(arena: Arena, from: PlaneRef, into: PlaneRef): void {
  const bytes = from.stride * from.height;
  const rows = arena.bytes(from.address - PAD_BYTES, bytes);
  arena.bytes(into.address - PAD_BYTES, bytes).set(rows);
}
