import type { Arena } from '../parallel/arena.ts';
import type { Pool } from '../parallel/pool.ts';
import type { ToneGrid, TonePlan } from '../tone/plan-tone.ts';
import { ONE, type PlaneRef, takePlane, writePlane, type YccRef } from './planes.ts';

/** Bytes of a packed cell of the kernel: 32 steps of four samples. */
const CELL_BYTES = 256;

/** Kernels read up to this many bytes after the last sample. */
const SLACK = 64;

/** Tones the full-size photo in place, as `applyTone` does the small one. */
export async function toneFrame(pool: Pool, photo: YccRef, plan: TonePlan): Promise<void> {
  const { arena } = pool;
  const { y, cb, cr } = photo;
  const mark = arena.take(0);
  const grid = placeGrid(arena, plan.grid);
  const places = placeColumns(arena, plan.grid, y.width);
  const spared = placeMap(arena, plan);
  await pool.strips(cb, (from, to) => [
    'tone.tone',
    ...[y.address, y.stride, y.width, y.height, cb.address, cr.address, cb.stride],
    ...[grid, plan.grid.columns, plan.grid.rows, places],
    ...[spared.address, spared.stride, spared.width, spared.height],
    ...[plan.saturation - 1, plan.richness, plan.calm, from, to],
  ]);
  arena.release(mark);
}

/** The curves as samples. */
function placeGrid(arena: Arena, { values }: ToneGrid): number {
  const address = arena.take(values.length * 2 + SLACK);
  const samples = arena.int16(address, values.length);
  for (let i = 0; i < values.length; i++) samples[i] = Math.round((values[i] as number) * ONE);
  return address;
}

/** For each column of pixels where the curves of its cell begin, and behind all of them its place in the cell. */
function placeColumns(arena: Arena, { columns }: ToneGrid, width: number): number {
  const room = Math.ceil(width / 16) * 16;
  const address = arena.take(room * 4 + SLACK);
  const cells = arena.int16(address, room);
  const shares = arena.int16(address + room * 2, room);
  for (let x = 0; x < room; x++) {
    const place = ((Math.min(x, width - 1) + 0.5) / width) * (columns - 1);
    const cell = Math.min(columns - 2, Math.floor(place));
    cells[x] = cell * CELL_BYTES;
    shares[x] = Math.round((place - cell) * 256);
  }
  return address;
}

function placeMap(arena: Arena, { spared }: TonePlan): PlaneRef {
  if (spared === null) return { address: 0, stride: 0, width: 0, height: 0 };
  const map = takePlane(arena, spared.width, spared.height);
  writePlane(arena, map, { plane: spared, one: ONE });
  return map;
}
