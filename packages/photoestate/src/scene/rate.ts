import { and, eq, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { lockListing } from '../listing/internal.ts';
import { publishListingEvent } from '../live/publish.ts';
import { requireScene, sceneMissing } from './internal.ts';
import { RateScene } from './schema.ts';
import { scene } from './table.ts';

/** Stars for a scene, 0 to take them away. A note of a few key presses a second: no audit entry. */
export async function rateScene(ctx: Context, input: RateScene): Promise<{ rating: number }> {
  const { sceneId, rating } = RateScene.parse(input);
  const { listing } = await requireScene(ctx, sceneId, 'listing.edit');
  return ctx.db.transaction(async (tx) => {
    await lockListing(tx, listing.id);
    const [rated] = await tx
      .update(scene)
      .set({ rating })
      .where(and(eq(scene.id, sceneId), isNull(scene.deletedAt)))
      .returning({ rating: scene.rating });
    if (rated === undefined) throw sceneMissing(sceneId);
    await publishListingEvent(tx, ctx, { type: 'scene', listingId: listing.id });
    return rated;
  });
}
