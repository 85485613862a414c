import { recordAudit } from '@repo/foundation/audit';
import { and, eq, inArray } from 'drizzle-orm';
import { settleBatches } from '../batch/settle.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { lockListing } from '../listing/internal.ts';
import { settleListing } from '../listing/settle.ts';
import { endCredits } from './credits.ts';
import { ACTIVE, publishEnhancement, requireEnhancement, toEnhancement } from './internal.ts';
import { type Enhancement, EnhancementRef } from './schema.ts';
import { enhancement } from './table.ts';

/** Ends work that is queued or running; a running engine is stopped within seconds. */
export async function cancelEnhancement(ctx: Context, input: EnhancementRef): Promise<Enhancement> {
  const { enhancementId } = EnhancementRef.parse(input);
  const { listing } = await requireEnhancement(ctx, enhancementId, 'enhance.run');
  return ctx.db.transaction(async (tx) => {
    await lockListing(tx, listing.id);
    const [row] = await tx
      .update(enhancement)
      .set({ status: 'cancelled', step: null, firstLook: null, finishedAt: ctx.now() })
      .where(and(eq(enhancement.id, enhancementId), inArray(enhancement.status, [...ACTIVE])))
      .returning();
    if (row === undefined) {
      throw appError('not_running', 'This has ended already, so there is nothing to cancel.');
    }
    await recordAudit(tx, ctx, {
      organizationId: listing.organizationId,
      action: 'enhancement.cancelled',
      entityId: enhancementId,
      data: { listingId: listing.id, sceneId: row.sceneId },
    });
    await endCredits(tx, ctx, { organizationId: listing.organizationId, row });
    await publishEnhancement(tx, ctx, row);
    await settleListing(tx, ctx, listing.id);
    await settleBatches(tx, ctx, [row]);
    return toEnhancement(row, { sceneId: row.sceneId, frames: row.inputPhotoIds });
  });
}
