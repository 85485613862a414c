import type { Geometry } from '../geometry/geometry.ts';
import { warpInArena } from '../geometry/warp-on-pool.ts';
import type { Pool } from '../parallel/pool.ts';
import { meanOf } from '../pixels/measure.ts';
import { lumaOf, type Picture, type Plane } from '../pixels/picture.ts';
import { type Blocks, blocksOf } from './bands.ts';
import { type Greys, greysOf } from './cast.ts';
import { shownIn } from './clipping.ts';
import { type Rims, rimsOf } from './rims.ts';
import { shrinkOnPool } from './shrink-on-pool.ts';
import { type Size, smallSize } from './small-copy.ts';
import { type Layers, layersOf, viewOf } from './small-view.ts';

/** What an exposure says about a photo made from it, on a small copy that lies as the photo lies. */
export type Witness = {
  readonly shown: Uint8Array;
  /** Larger detail: see `Layers`. */
  readonly band: Plane;
  readonly rims: Rims;
};

/** The exposure whose content the photo has to keep says more. */
export type Reference = Witness & {
  readonly blocks: Blocks;
  readonly greys: Greys;
  /** Mean luma, 0..1. */
  readonly mean: number;
};

/** All that is kept of the exposures to compare the finished photo with; the photo made as small lies on it. */
export type Witnesses = Size & {
  /** The reference among them. */
  readonly exposures: readonly Witness[];
  readonly reference: Reference;
  /** How much (0..1) of each place shows a view put together on purpose; any size, laid over the photo. */
  readonly views: Plane | null;
};

/** The size of the photo, and how the exposures lie in it. */
export type Seen = {
  readonly photo: Size;
  /** The way from the photo's pixels to those of the exposures; `null`: they are the same. */
  readonly asSeen: Geometry | null;
  /** As the photo lies. */
  readonly views: Plane | null;
};

type Asked = Seen & { readonly pool: Pool };

/**
 * Asks the exposures. Several recipes ask the same of them: what they said is remembered.
 * @param exposures at least one
 */
export async function witnessesOf(
  exposures: readonly Picture[],
  referenceIndex: number,
  seen: Asked,
): Promise<Witnesses> {
  const chosen = exposures[referenceIndex] ?? exposures[0];
  if (chosen === undefined) throw new RangeError('A photo has at least one exposure.');
  const small = smallSize(seen.photo);
  const key = JSON.stringify([small, seen.photo.width, seen.photo.height, seen.asSeen]);
  const reference = await remembered(references, { of: chosen, key }, async () =>
    referenceOf(await shrunk(seen, chosen, small)),
  );
  const all: Witness[] = [];
  for (const picture of exposures)
    all.push(
      picture === chosen
        ? reference
        : await remembered(known, { of: picture, key }, async () =>
            witnessOf(layersOf(lumaOf(await shrunk(seen, picture, small)))),
          ),
    );
  return { ...small, exposures: all, reference, views: seen.views };
}

/** The exposure as the photo lies, small, exactly as the photo itself was made. */
async function shrunk({ asSeen, pool }: Asked, picture: Picture, small: Size): Promise<Picture> {
  if (asSeen === null) return await shrinkOnPool(pool, picture, small);
  const mark = pool.arena.take(0);
  const [laid = picture] = await warpInArena(pool, [[picture, asSeen]]);
  const copy = await shrinkOnPool(pool, laid, small);
  pool.arena.release(mark);
  return copy;
}

type Memory<Value> = WeakMap<Picture, { readonly key: string; readonly value: Value }>;

const known: Memory<Witness> = new WeakMap();
const references: Memory<Reference> = new WeakMap();

/** What was made of a picture in the same way the last time, or what `make` gives. */
async function remembered<Value>(
  memory: Memory<Value>,
  { of, key }: { readonly of: Picture; readonly key: string },
  make: () => Promise<Value>,
): Promise<Value> {
  const before = memory.get(of);
  if (before?.key === key) return before.value;
  const value = await make();
  memory.set(of, { key, value });
  return value;
}

function witnessOf(layers: Layers): Witness {
  return { shown: shownIn(layers.luma), band: layers.band, rims: rimsOf(layers) };
}

function referenceOf(copy: Picture): Reference {
  const view = viewOf(copy);
  return {
    ...witnessOf(view),
    blocks: blocksOf(view),
    greys: greysOf(view),
    mean: meanOf(view.luma),
  };
}
