import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { lockListing } from '../listing/internal.ts';
import { publishListingEvent } from '../live/publish.ts';
import { framesOf, readyPhotos } from '../scene/internal.ts';
import { requireEnhancement, toEnhancement } from './internal.ts';
import { isResult, ownedVersions } from './owner.ts';
import { type Enhancement, EnhancementRef } from './schema.ts';
import { enhancement } from './table.ts';

/** Makes an older version the scene's result again: the one that is shown first and delivered. */
export async function restoreEnhancement(
  ctx: Context,
  input: EnhancementRef,
): Promise<Enhancement> {
  const { enhancementId } = EnhancementRef.parse(input);
  const { listing } = await requireEnhancement(ctx, enhancementId, 'listing.edit');
  return ctx.db.transaction(async (tx) => {
    await lockListing(tx, listing.id);
    const owned = await ownedVersions(tx, { listingIds: [listing.id] });
    const version = owned.find(({ id }) => id === enhancementId);
    if (version === undefined || !isResult(version)) {
      throw appError(
        'not_restorable',
        version?.review === 'rejected'
          ? 'This version was rejected and its credit given back. Enhance the scene again instead.'
          : 'Only a finished version of a scene that is still there can be restored.',
      );
    }
    const { sceneId } = version;
    const before = owned.find((each) => each.sceneId === sceneId && isResult(each));
    if (before?.id !== enhancementId) {
      await tx
        .update(enhancement)
        .set({ currentAt: ctx.now() })
        .where(eq(enhancement.id, enhancementId));
      await recordAudit(tx, ctx, {
        organizationId: listing.organizationId,
        action: 'enhancement.restored',
        entityId: enhancementId,
        data: { listingId: listing.id, sceneId, instead: before?.id },
      });
      await publishListingEvent(tx, ctx, { type: 'scene', listingId: listing.id });
    }
    const [row] = await tx.select().from(enhancement).where(eq(enhancement.id, enhancementId));
    if (row === undefined) throw appError('internal', 'The version is not there any more.');
    const photos = await readyPhotos(tx, listing.id);
    return toEnhancement(row, { sceneId, frames: framesOf(photos, sceneId) });
  });
}
