import type { Pool } from '../parallel/pool.ts';
import type { Picture } from '../pixels/picture.ts';
import type { FusionPlan, Overview } from '../plan/plan.ts';
import { bendFrame } from './bend-frame.ts';
import { loadFrame } from './load-frame.ts';
import { createMerger } from './merge.ts';
import { packLayers } from './pack-layers.ts';
import { pictureOfPlanes } from './picture-of-planes.ts';

/**
 * `fuseOverviews` in the kernels that fuse full size, many times faster.
 * @param overviews aligned, one for each of the plan's frames, all of one size
 */
export async function fuseSmall(
  pool: Pool,
  overviews: readonly Overview[],
  plan: FusionPlan,
): Promise<Picture> {
  const { arena } = pool;
  const mark = arena.take(0);
  const merger = createMerger(pool, sizeOf(overviews, plan));
  for (const layer of packLayers(plan)) {
    const overview = overviews[layer.source];
    if (overview === undefined) throw new RangeError(`no exposure ${layer.source} to fuse`);
    const { width, data } = overview.picture;
    await loadFrame(pool, { data, width, left: 0, top: 0 }, merger.frame);
    if (layer.curve !== null) await bendFrame(pool, merger.frame, layer.curve);
    await merger.add(layer);
  }
  const picture = await pictureOfPlanes(pool, await merger.finish());
  arena.release(mark);
  return picture;
}

function sizeOf(overviews: readonly Overview[], { scale, layers }: FusionPlan) {
  const [overview, layer] = [overviews[0], layers[0]];
  if (overview === undefined || layer === undefined)
    throw new RangeError('a fusion needs at least one layer');
  const { width, height } = overview.picture;
  return { width, height, scale: scale / overview.scale, levels: layer.weights.length };
}
