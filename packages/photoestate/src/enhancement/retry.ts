import { AppError, isUniqueViolation } from '@repo/foundation/errors';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { lockListing } from '../listing/internal.ts';
import { readyPhotos } from '../scene/internal.ts';
import { reserveFor } from './credits.ts';
import { requireEnhancement, toEnhancement } from './internal.ts';
import { retryIn, sceneToRetry } from './retry-in.ts';
import { type Enhancement, EnhancementRef } from './schema.ts';

/** Tries a failed or cancelled version again, with the frames that its scene has now. */
export async function retryEnhancement(ctx: Context, input: EnhancementRef): Promise<Enhancement> {
  const { enhancementId } = EnhancementRef.parse(input);
  const found = await requireEnhancement(ctx, enhancementId, 'enhance.run');
  try {
    return await ctx.db.transaction(async (tx) => {
      const owner = await lockListing(tx, found.listing.id);
      const photos = await readyPhotos(tx, owner.id);
      const { enhancement: version } = found;
      const sceneId = await sceneToRetry(tx, version);
      const row = await retryIn(tx, ctx, { owner, version, sceneId, photos });
      await reserveFor(tx, ctx, { listing: owner, rows: [row] });
      return toEnhancement(row, { sceneId: row.sceneId, frames: row.inputPhotoIds });
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (!isUniqueViolation(error, 'enhancement_one_active_per_scene')) throw error;
    throw appError('already_enhancing', 'This scene is being enhanced already.', { cause: error });
  }
}
