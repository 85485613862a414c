import { colorGain, readCurve } from '../merge/ycc.ts';
import type { Pool } from '../parallel/pool.ts';
import { ONE, type YccRef } from './planes.ts';

/** Applies a layer's luma curve to a frame in place, as `splitPicture` does on the overview. */
export async function bendFrame(pool: Pool, frame: YccRef, curve: Float32Array): Promise<void> {
  const { arena } = pool;
  const { y, cb, cr } = frame;
  const mark = arena.take(0);
  const bytes = (ONE + 1) * 2;
  const [table, gains] = [arena.take(bytes), arena.take(bytes)];
  const [values, factors] = [arena.int16(table, ONE + 1), arena.int16(gains, ONE + 1)];
  for (let i = 0; i <= ONE; i++) {
    values[i] = Math.round(readCurve(curve, i / ONE) * ONE);
    factors[i] = Math.round(colorGain(curve, i / ONE) * ONE);
  }
  await pool.strips(cb, (from, to) => [
    'curve.curveChroma',
    ...[y.address, y.stride, y.width, y.height, cb.address, cr.address, cb.stride],
    ...[gains, from, to],
  ]);
  await pool.strips(y, (from, to) => [
    'curve.curveLuma',
    ...[y.address, y.stride, y.width, table, from, to],
  ]);
  arena.release(mark);
}
