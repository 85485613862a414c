import { IDENTITY } from '../align/homography.ts';
import type { Geometry } from '../geometry/geometry.ts';
import { warpOnPool } from '../geometry/warp-on-pool.ts';
import type { Pool } from '../parallel/pool.ts';
import { meanOf } from '../pixels/measure.ts';
import { lumaOf, type Picture, type Plane } from '../pixels/picture.ts';
import { type Blocks, blocksOf } from './bands.ts';
import { type Greys, greysOf } from './cast.ts';
import { shownIn } from './clipping.ts';
import { readingAs, readSmall } from './laid-luma.ts';
import { type Rims, rimsOf } from './rims.ts';
import { type Size, smallCopy, smallSize } from './small-copy.ts';
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

/** An exposure, and its luma (0..1). */
type Exposure = { readonly picture: Picture; readonly luma: Plane };

/** The size of the photo, and how the exposures lie in it. */
export type Seen = {
  readonly photo: Size;
  /** The way from the photo's pixels to those of the exposures, and who goes it; `null`: they are the same. */
  readonly laid: { readonly asSeen: Geometry; readonly pool: Pool } | null;
  /** As the photo lies. */
  readonly views: Plane | null;
};

/**
 * Asks the exposures. Several recipes ask the same of them: what they said is remembered.
 * @param exposures at least one
 */
export async function witnessesOf(
  exposures: readonly Exposure[],
  referenceIndex: number,
  seen: Seen,
): Promise<Witnesses> {
  const chosen = exposures[referenceIndex] ?? exposures[0];
  if (chosen === undefined) throw new RangeError('A photo has at least one exposure.');
  const small = smallSize(seen.photo);
  const key = JSON.stringify([small, seen.photo.width, seen.photo.height, seen.laid?.asSeen]);
  const reference = await remembered(references, { of: chosen.picture, key }, async () =>
    referenceOf(smallCopy(await laidAs(seen, chosen.picture), small)),
  );
  const all: Witness[] = [reference];
  for (const exposure of exposures) {
    if (exposure === chosen) continue;
    const one = { of: exposure.picture, key };
    all.push(
      await remembered(known, one, async () => witnessOf(await layersIn(seen, exposure, small))),
    );
  }
  return { ...small, exposures: all, reference, views: seen.views };
}

/** Photos less than this much larger than their small copies show a difference by how they are read. */
const HARDLY_LARGER = 1.5;

/** Of the exposures beside the reference nothing but larger detail is asked. */
async function layersIn(seen: Seen, { picture, luma }: Exposure, small: Size): Promise<Layers> {
  const { photo, laid } = seen;
  if (laid !== null && photo.width < HARDLY_LARGER * small.width)
    return layersOf(lumaOf(smallCopy(await laidAs(seen, picture), small)));
  const { width, height } = photo;
  const asSeen = laid?.asSeen ?? { width, height, toPicture: IDENTITY, lens: null };
  return layersOf(readSmall(luma, readingAs(asSeen, small)));
}

async function laidAs({ laid }: Seen, picture: Picture): Promise<Picture> {
  if (laid === null) return picture;
  const [laidPicture = picture] = await warpOnPool(laid.pool, [[picture, laid.asSeen]]);
  return laidPicture;
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
