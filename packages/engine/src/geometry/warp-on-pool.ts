import type { Pool } from '../parallel/pool.ts';
import type { Task } from '../parallel/protocol.ts';
import { CUBIC_WEIGHTS, FRACTIONS } from '../pixels/cubic.ts';
import type { Picture } from '../pixels/picture.ts';
import { createSourceGrid, type Geometry, type SourceGrid } from './geometry.ts';
import { brightenPicture, fringesOf, GRID_STEP, stretched } from './warp.ts';

/** Rows of one task: a few milliseconds. */
const STRIP_ROWS = 128;

/** Bytes of the weights of one fraction: see kernels/warp.ts. */
const WEIGHTS_BYTES = 24;
const WEIGHT_ONE = 16_384;

/** `warpPicture` for each of the pictures, by the pool's kernels: many times as fast. */
export async function warpOnPool(
  pool: Pool,
  pictures: readonly (readonly [picture: Picture, geometry: Geometry])[],
): Promise<Picture[]> {
  const mark = pool.arena.take(0);
  const warped = (await warpInArena(pool, pictures)).map((seen) => ({
    ...seen,
    data: new Uint16Array(seen.data),
  }));
  pool.arena.release(mark);
  return warped;
}

/** The same, left in shared memory: whoever asks gives back what was taken there. */
export async function warpInArena(
  pool: Pool,
  pictures: readonly (readonly [picture: Picture, geometry: Geometry])[],
): Promise<Picture[]> {
  const { arena } = pool;
  const weights = placeWeights(pool);
  const placed = pictures.map(([picture, geometry]) => {
    const source = arena.take(picture.data.byteLength);
    arena.uint16(source, picture.data.length).set(picture.data);
    return { picture, geometry, source, into: arena.take(geometry.width * geometry.height * 6) };
  });
  await pool.run(placed.flatMap((work) => tasksOf(pool, work, weights)));
  return placed.map(({ geometry, into }) => {
    const { width, height } = geometry;
    const out = { width, height, data: arena.uint16(into, width * height * 3) };
    brightenPicture(out, geometry);
    return out;
  });
}

type Work = {
  readonly picture: Picture;
  readonly geometry: Geometry;
  readonly source: number;
  readonly into: number;
};

/** All colours are read where green was taken, then those the lens drew at a size of their own once more. */
function tasksOf(
  pool: Pool,
  { picture, geometry, source, into }: Work,
  weights: number,
): readonly Task[] {
  const grid = createSourceGrid(geometry, GRID_STEP);
  const passes = [[-1, 0] as const, ...fringesOf(geometry.lens)].map(
    ([channel, share]) => [channel, placeGrid(pool, stretched(grid, geometry, share))] as const,
  );
  const tasks: Task[] = [];
  for (let from = 0; from < geometry.height; from += STRIP_ROWS) {
    const to = Math.min(geometry.height, from + STRIP_ROWS);
    tasks.push(
      passes.map(([channel, { xs, ys }]) => [
        'warp.warp16',
        ...[source, picture.width, picture.height, xs, ys, grid.columns, grid.step],
        ...[weights, channel, into, geometry.width, from, to],
      ]),
    );
  }
  return tasks;
}

function placeGrid({ arena }: Pool, { x, y }: SourceGrid): { xs: number; ys: number } {
  const [xs, ys] = [arena.take(x.byteLength), arena.take(y.byteLength)];
  arena.float64(xs, x.length).set(x);
  arena.float64(ys, y.length).set(y);
  return { xs, ys };
}

function placeWeights({ arena }: Pool): number {
  const address = arena.take(FRACTIONS * WEIGHTS_BYTES);
  const down = arena.int16(address, (FRACTIONS * WEIGHTS_BYTES) / 2);
  const across = arena.float32(address, (FRACTIONS * WEIGHTS_BYTES) / 4);
  for (let fraction = 0; fraction < FRACTIONS; fraction++) {
    const four = CUBIC_WEIGHTS.subarray(4 * fraction, 4 * fraction + 4);
    const whole = [...four].map((weight) => Math.round(weight * WEIGHT_ONE));
    // Rounded weights have to add up: what is even stays even.
    whole[1] = (whole[1] ?? 0) + WEIGHT_ONE - whole.reduce((sum, weight) => sum + weight, 0);
    for (let i = 0; i < 4; i++) {
      down[fraction * 12 + i] = whole[i] as number;
      across[fraction * 6 + 2 + i] = (four[i] as number) / WEIGHT_ONE;
    }
  }
  return address;
}
