import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { reserveFor } from '../enhancement/credits.ts';
import { settleLook } from '../enhancement/engine-options.ts';
import { requireEnhancement, toEnhancement } from '../enhancement/internal.ts';
import { listingLights } from '../enhancement/listing-light.ts';
import { ownerOf } from '../enhancement/owner.ts';
import type { Enhancement } from '../enhancement/schema.ts';
import { startIn } from '../enhancement/start-in.ts';
import { enhancement } from '../enhancement/table.ts';
import { lockListing } from '../listing/internal.ts';
import { framesOf, readyPhotos, sceneMissing, scenesOf } from '../scene/internal.ts';
import { decidedAlready, notInReview } from './decide.ts';
import { AdjustReview } from './schema.ts';

/** Tries again with other settings: the new version is judged for itself, and takes this one's place when it is done. */
export async function adjustReview(ctx: Context, input: AdjustReview): Promise<Enhancement> {
  const { enhancementId, lookName, ...wish } = AdjustReview.parse(input);
  const look = { ...settleLook(wish), lookName };
  const found = await requireEnhancement(ctx, enhancementId, 'review.decide');
  return ctx.db.transaction(async (tx) => {
    const listing = await lockListing(tx, found.listing.id);
    const [version] = await tx.select().from(enhancement).where(eq(enhancement.id, enhancementId));
    if (version?.review == null) throw notInReview();
    if (version.review !== 'flagged') throw decidedAlready(version);
    const sceneId = await ownerOf(tx, version);
    const scenes = await scenesOf(tx, listing.id);
    if (sceneId === null || !scenes.some(({ id }) => id === sceneId)) {
      throw sceneMissing(sceneId ?? version.sceneId);
    }
    const photos = await readyPhotos(tx, listing.id);
    const frames = framesOf(photos, sceneId);
    const lights = await listingLights(tx, scenes, photos);
    const row = await startIn(tx, ctx, { listing, sceneId, frames, lights, ...look });
    await recordAudit(tx, ctx, {
      organizationId: listing.organizationId,
      action: 'review.adjusted',
      entityId: enhancementId,
      data: { listingId: listing.id, sceneId, by: row.id, ...look },
    });
    await reserveFor(tx, ctx, { listing, rows: [row] });
    return toEnhancement(row, { sceneId, frames });
  });
}
