import type { Arena } from '../parallel/arena.ts';
import { type Pool, stripsOf } from '../parallel/pool.ts';
import type { Call, Task } from '../parallel/protocol.ts';
import type { Region } from './canvas.ts';
import type { PackedLayer, PackedPlane } from './pack-layers.ts';
import { copyPlane, halfOf, type PlaneRef, takePlane, takeYcc, type YccRef } from './planes.ts';

/** Planes smaller than this (samples) are done by one thread in one go: handing out would cost more. */
const SMALL = 120_000;

const CHANNELS = ['y', 'cb', 'cr'] as const;

/** Gaussian pyramids of one exposure, or the blended Laplacian pyramids of the result. */
export type YccPyramid = {
  readonly y: readonly PlaneRef[];
  readonly cb: readonly PlaneRef[];
  readonly cr: readonly PlaneRef[];
};

/** Number of levels as in the overview's plan: the finer levels of full size come on top. */
export type MergeSize = {
  readonly width: number;
  readonly height: number;
  /** Full-size pixels per overview pixel, a power of two. */
  readonly scale: number;
  /** Levels of the overview's weights. */
  readonly levels: number;
};

/** Blends exposures one after the other into one result; each may be forgotten once it was added. */
export type Merger = {
  /** Where the next exposure's samples go before `add`. */
  readonly frame: YccRef;
  /** Where `frame` and the result lie, with their coarser levels. */
  readonly regions: { readonly frame: Region; readonly result: Region };
  /** Adds the exposure in `frame` as a layer. */
  readonly add: (layer: Pick<PackedLayer, 'weights'>) => Promise<void>;
  /** Puts the blended levels together. The result takes the place of the finest level. */
  readonly finish: () => Promise<YccRef>;
};

/**
 * Laplacian pyramid blending at full size: the same sum as `fuseOverviews`, in kernels. Memory does
 * not depend on the number of exposures.
 */
export function createMerger(pool: Pool, size: MergeSize): Merger {
  const { arena } = pool;
  const depth = Math.log2(size.scale) + size.levels;
  const start = arena.take(0);
  const frame = takePyramid(arena, size, depth);
  const middle = arena.take(0);
  const result = takePyramid(arena, size, depth);
  const end = arena.take(0);
  const whole = { y: frame.y[0], cb: frame.cb[0], cr: frame.cr[0] };
  let first = true;
  return {
    frame: yccOf(whole),
    regions: {
      frame: { start, bytes: middle - start },
      result: { start: middle, bytes: end - middle },
    },
    add: async ({ weights }) => {
      const mark = arena.take(0);
      const maps = takeWeights(arena, { ...size, depth }, weights);
      await enlargeWeights(pool, maps, size);
      await inOrder(
        pool,
        CHANNELS.map((channel) => reductions(frame[channel])),
      );
      await pool.run(
        CHANNELS.flatMap((channel) => {
          const shift = channel === 'y' ? 0 : 1;
          return blends({ from: frame[channel], into: result[channel], maps, shift, first });
        }),
      );
      first = false;
      arena.release(mark);
    },
    finish: async () => {
      await inOrder(
        pool,
        CHANNELS.map((channel) => collapses(result[channel])),
      );
      return yccOf({ y: result.y[0], cb: result.cb[0], cr: result.cr[0] });
    },
  };
}

function yccOf(planes: {
  y: PlaneRef | undefined;
  cb: PlaneRef | undefined;
  cr: PlaneRef | undefined;
}): YccRef {
  const { y, cb, cr } = planes;
  if (y === undefined || cb === undefined || cr === undefined)
    throw new RangeError('a pyramid needs at least one level');
  return { y, cb, cr };
}

function takePyramid(arena: Arena, size: MergeSize, depth: number): YccPyramid {
  const { y, cb, cr } = takeYcc(arena, size.width, size.height);
  return {
    y: takeLevels(arena, y, depth),
    cb: takeLevels(arena, cb, depth - 1),
    cr: takeLevels(arena, cr, depth - 1),
  };
}

function takeLevels(arena: Arena, finest: PlaneRef, depth: number): PlaneRef[] {
  const levels = [finest];
  let last = finest;
  while (levels.length < Math.max(1, depth)) {
    last = takePlane(arena, halfOf(last.width), halfOf(last.height));
    levels.push(last);
  }
  return levels;
}

/**
 * One map per level of luma. Where full size is larger than the overview the finest levels use the
 * overview's first map, enlarged: level 0 reads that of level 1 and enlarges on the way.
 */
type WeightMaps = {
  readonly levels: readonly PlaneRef[];
  /** Level 0 has no map of its own. */
  readonly finestIsHalf: boolean;
};

function takeWeights(
  arena: Arena,
  size: MergeSize & { readonly depth: number },
  weights: readonly PackedPlane[],
): WeightMaps {
  const extra = Math.log2(size.scale);
  const levels: PlaneRef[] = [];
  let [width, height] = [size.width, size.height];
  for (let level = 0; level < size.depth; level++) {
    const plane = weights[level - extra];
    // The finest map is never stored when it would only be an enlargement.
    const stored = level > 0 || extra === 0;
    const map = stored ? takePlane(arena, width, height) : null;
    if (map !== null && plane !== undefined) copyPlane(arena, map, plane);
    levels.push(map ?? { address: 0, stride: 0, width, height });
    [width, height] = [halfOf(width), halfOf(height)];
  }
  return { levels, finestIsHalf: extra > 0 };
}

/** Fills the maps between the overview's scale and level 0, coarse to fine. */
async function enlargeWeights(pool: Pool, maps: WeightMaps, size: MergeSize): Promise<void> {
  for (let level = Math.log2(size.scale) - 1; level > 0; level--) {
    const [into, small] = [maps.levels[level], maps.levels[level + 1]];
    if (into === undefined || small === undefined) continue;
    await pool.strips(into, (from, to) => [
      'pyramid.enlarge',
      ...[small.address, small.stride, small.height],
      ...[into.address, into.stride, into.width, from, to],
    ]);
  }
}

/** Fills the levels of a Gaussian pyramid from its finest one. */
function reductions(levels: readonly PlaneRef[]): Stage[] {
  return levels.slice(1).map((coarse, index) => {
    const fine = levels[index] ?? coarse;
    return {
      size: coarse,
      call: (from, to) => [
        'pyramid.reduce',
        ...[fine.address, fine.stride, fine.width, fine.height],
        ...[coarse.address, coarse.stride, from, to],
      ],
    };
  });
}

type Blend = {
  readonly from: readonly PlaneRef[];
  readonly into: readonly PlaneRef[];
  readonly maps: WeightMaps;
  /** 1 for chroma, whose level l is as large as luma's level l + 1. */
  readonly shift: 0 | 1;
  readonly first: boolean;
};

function blends({ from, into, maps, shift, first }: Blend): Task[] {
  const tasks: Task[] = [];
  const small: Call[] = [];
  for (const [level, fine] of from.entries()) {
    const [coarse, acc] = [from[level + 1], into[level]];
    const half = level + shift === 0 && maps.finestIsHalf;
    const map = maps.levels[level + shift + (half ? 1 : 0)];
    if (acc === undefined || map === undefined) continue;
    const call = (start: number, end: number): Call => [
      'pyramid.blend',
      ...[fine.address, fine.stride, fine.width],
      ...[coarse?.address ?? 0, coarse?.stride ?? 0, coarse?.height ?? 0],
      ...[map.address, map.stride, map.height, half ? 1 : 0],
      ...[acc.address, acc.stride, first ? 1 : 0, start, end],
    ];
    if (isSmall(fine)) small.push(call(0, fine.height));
    else tasks.push(...stripsOf(fine).map(([start, end]): Task => [call(start, end)]));
  }
  return [small, ...tasks];
}

/** Sums a Laplacian pyramid up, from its coarsest level to its finest. */
function collapses(levels: readonly PlaneRef[]): Stage[] {
  const stages = levels.slice(0, -1).map((fine, index): Stage => {
    const coarse = levels[index + 1] ?? fine;
    return {
      size: fine,
      call: (from, to) => [
        'pyramid.collapse',
        ...[fine.address, fine.stride, fine.width],
        ...[coarse.address, coarse.stride, coarse.height, from, to],
      ],
    };
  });
  return stages.reverse();
}

type Stage = {
  readonly size: PlaneRef;
  readonly call: (from: number, to: number) => Call;
};

/**
 * Chains of stages, each of which needs what the one before it in its chain made: large ones in strips,
 * runs of small ones by one thread.
 */
async function inOrder(pool: Pool, chains: readonly (readonly Stage[])[]): Promise<void> {
  let left = chains;
  while (left.some((chain) => chain.length > 0)) {
    await pool.run(left.flatMap(nextTasks));
    left = left.map((chain) => chain.slice(Math.max(1, smallFrom(chain))));
  }
}

function nextTasks(chain: readonly Stage[]): Task[] {
  const small = smallFrom(chain);
  if (small > 0) return [chain.slice(0, small).map(({ size, call }) => call(0, size.height))];
  return chain
    .slice(0, 1)
    .flatMap(({ size, call }) => stripsOf(size).map(([from, to]): Task => [call(from, to)]));
}

/** Number of small stages that a chain begins with. */
function smallFrom(chain: readonly Stage[]): number {
  const large = chain.findIndex(({ size }) => !isSmall(size));
  return large < 0 ? chain.length : large;
}

function isSmall({ width, height }: PlaneRef): boolean {
  return width * height <= SMALL;
}
