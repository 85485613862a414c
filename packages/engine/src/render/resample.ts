import { createSourceGrid, type Geometry, type SourceGrid } from '../geometry/geometry.ts';
import { encodedGain, GRID_STEP, stretched } from '../geometry/warp.ts';
import type { Arena } from '../parallel/arena.ts';
import type { Pool } from '../parallel/pool.ts';
import { CUBIC_WEIGHTS, FRACTIONS } from '../pixels/cubic.ts';
import { LUMA_B, LUMA_R } from '../pixels/picture.ts';
import type { Canvas } from './canvas.ts';
import { type PlaneRef, takePlane, type YccRef } from './planes.ts';

/** What chroma is multiplied by to get a colour's distance from luma (Rec. 709). */
const RED_FACTOR = 1.5748;
const BLUE_FACTOR = 1.8556;

/** Takes the full-size photo through the geometry, as `warpPicture` takes the small one. */
export async function resampleFrame(canvas: Canvas, geometry: Geometry): Promise<void> {
  const { pool, photo } = canvas;
  const { arena } = pool;
  const mark = arena.take(0);
  if (!isStill(photo, geometry)) {
    const into = canvas.other(geometry.width, geometry.height);
    await resampleInto(pool, { photo, into }, geometry);
    canvas.turn(into);
  }
  await evenOut(pool, canvas.photo, geometry);
  arena.release(mark);
}

type Way = { readonly photo: YccRef; readonly into: YccRef };

async function resampleInto(pool: Pool, { photo, into }: Way, geometry: Geometry): Promise<void> {
  const { arena } = pool;
  const { red, blue } = geometry.lens ?? { red: 0, blue: 0 };
  const weights = placeWeights(arena);
  const at = (share: number): SourceGrid =>
    stretched(createSourceGrid(geometry, GRID_STEP), geometry, share);
  // Luma is mostly green; to first order, its parts of red and blue move it by their parts of the way.
  const grid = placeGrid(arena, at(LUMA_R * red + LUMA_B * blue), 1);
  await resamplePlane(pool, { from: photo.y, into: into.y, grid, weights });
  if (red === 0 && blue === 0) {
    const small = placeGrid(arena, at(0), 2);
    await resamplePlane(pool, { from: photo.cb, into: into.cb, grid: small, weights });
    await resamplePlane(pool, { from: photo.cr, into: into.cr, grid: small, weights });
    return;
  }
  const grey = takePlane(arena, photo.cb.width, photo.cb.height);
  await pool.strips(grey, (from, to) => [
    'resample.halve',
    ...[photo.y.address, photo.y.stride, photo.y.height],
    ...[grey.address, grey.stride, grey.width, from, to],
  ]);
  for (const [from, to, share, factor] of [
    [photo.cb, into.cb, blue, BLUE_FACTOR],
    [photo.cr, into.cr, red, RED_FACTOR],
  ] as const)
    await recolour(
      pool,
      { from, into: to, grid: placeGrid(arena, at(share), 2), weights },
      { grey, luma: into.y, factor },
    );
}

type Work = {
  readonly from: PlaneRef;
  readonly into: PlaneRef;
  readonly grid: GridRef;
  readonly weights: number;
};

async function resamplePlane(pool: Pool, { from, into, grid, weights }: Work): Promise<void> {
  await pool.strips(into, (start, end) => [
    'resample.resample',
    ...[from.address, from.stride, from.width, from.height],
    ...[grid.x, grid.y, grid.columns, grid.step, weights],
    ...[into.address, into.stride, into.width, start, end],
  ]);
}

async function recolour(
  pool: Pool,
  { from, into, grid, weights }: Work,
  beside: { readonly grey: PlaneRef; readonly luma: PlaneRef; readonly factor: number },
): Promise<void> {
  const { grey, luma, factor } = beside;
  await pool.strips(into, (start, end) => [
    'resample.recolour',
    ...[from.address, from.stride, from.width, from.height, grey.address, grey.stride],
    ...[grid.x, grid.y, grid.columns, grid.step, weights],
    ...[luma.address, luma.stride, luma.height, Math.round(32_768 / factor)],
    ...[into.address, into.stride, into.width, start, end],
  ]);
}

/** Undoes the vignette. */
async function evenOut(pool: Pool, photo: YccRef, geometry: Geometry): Promise<void> {
  const { lens } = geometry;
  if (lens === null || lens.vignette.every((value) => value === 0)) return;
  const grid = createSourceGrid(geometry, GRID_STEP);
  const address = pool.arena.take(grid.x.length * 4);
  const gains = pool.arena.float32(address, grid.x.length);
  for (let i = 0; i < gains.length; i++)
    gains[i] = encodedGain(lens, grid.x[i] as number, grid.y[i] as number);
  const { y, cb, cr } = photo;
  await pool.strips(cb, (from, to) => [
    'resample.brighten',
    ...[y.address, y.stride, y.width, y.height, cb.address, cr.address, cb.stride],
    ...[address, grid.columns, GRID_STEP, from, to],
  ]);
}

/** Whether every pixel stays where it is. */
function isStill({ y }: YccRef, { width, height, toPicture, lens }: Geometry): boolean {
  const moves = lens !== null && (lens.k1 !== 0 || lens.red !== 0 || lens.blue !== 0);
  const same = [1, 0, 0, 0, 1, 0, 0, 0, 1].every((value, i) => toPicture[i] === value);
  return !moves && same && width === y.width && height === y.height;
}

type GridRef = {
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  readonly step: number;
};

/** @param reduced how many times smaller the planes are that it is for */
function placeGrid(arena: Arena, grid: SourceGrid, reduced: 1 | 2): GridRef {
  const count = grid.x.length;
  const [x, y] = [arena.take(count * 4), arena.take(count * 4)];
  arena.float32(x, count).set(grid.x.map((value) => value / reduced));
  arena.float32(y, count).set(grid.y.map((value) => value / reduced));
  return { x, y, columns: grid.columns, step: grid.step / reduced };
}

/** The kernel's weights: see kernels/resample.ts. */
function placeWeights(arena: Arena): number {
  const address = arena.take(FRACTIONS * 48);
  const into = arena.int16(address, FRACTIONS * 24);
  for (let fraction = 0; fraction < FRACTIONS; fraction++) {
    const four = CUBIC_WEIGHTS.subarray(4 * fraction, 4 * fraction + 4);
    const down = four.map((weight) => Math.min(32_767, Math.round(weight * 32_768)));
    const across = [...four].map((weight) => Math.round(weight * 16_384));
    // Rounded weights have to add up: what is even stays even.
    across[1] = (across[1] ?? 0) + 16_384 - across.reduce((sum, weight) => sum + weight, 0);
    const at = fraction * 24;
    for (let i = 0; i < 16; i++) into[at + i] = down[i >> 2] as number;
    for (let i = 0; i < 8; i++) into[at + 16 + i] = across[i & 3] as number;
  }
  return address;
}
