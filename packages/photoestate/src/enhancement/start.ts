import type { Context } from '../context.ts';
import { lockListing } from '../listing/internal.ts';
import { framesOf, readyPhotos, requireScene, sceneMissing, scenesOf } from '../scene/internal.ts';
import { reserveFor } from './credits.ts';
import { settleLook } from './engine-options.ts';
import { toEnhancement } from './internal.ts';
import { listingLights } from './listing-light.ts';
import { type Enhancement, StartEnhancement } from './schema.ts';
import { startIn } from './start-in.ts';

/** Queues a new version of a scene. `startIn` writes the audit entry and the job. */
export async function enhanceScene(ctx: Context, input: StartEnhancement): Promise<Enhancement> {
  const { sceneId, lookName, ...wish } = StartEnhancement.parse(input);
  const look = { ...settleLook(wish), lookName };
  const found = await requireScene(ctx, sceneId, 'enhance.run');
  return ctx.db.transaction(async (tx) => {
    const listing = await lockListing(tx, found.listing.id);
    const scenes = await scenesOf(tx, listing.id);
    if (!scenes.some((entry) => entry.id === sceneId)) throw sceneMissing(sceneId);
    const photos = await readyPhotos(tx, listing.id);
    const frames = framesOf(photos, sceneId);
    const lights = await listingLights(tx, scenes, photos);
    const row = await startIn(tx, ctx, { listing, sceneId, frames, lights, ...look });
    await reserveFor(tx, ctx, { listing, rows: [row] });
    return toEnhancement(row, { sceneId, frames });
  });
}
