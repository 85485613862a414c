import { AppError, isUniqueViolation } from '@repo/foundation/errors';
import { newId } from '@repo/foundation/ids';
import { and, eq, inArray } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { isPaid } from '../credit/scene-cost.ts';
import { appError } from '../errors.ts';
import { lockListing } from '../listing/internal.ts';
import { framesOf, readyPhotos, refuseTooManyFrames } from '../scene/internal.ts';
import { reserveFor } from './credits.ts';
import { requireEnhancement, toEnhancement } from './internal.ts';
import { ownerOf } from './owner.ts';
import { type Enhancement, EnhancementRef } from './schema.ts';
import { queueWork } from './start-in.ts';
import { enhancement } from './table.ts';

const FRESH = {
  status: 'queued',
  progress: 0,
  step: null,
  attempt: 0,
  runToken: null,
  firstLook: null,
  heartbeatAt: null,
  failureCode: null,
  failureReason: null,
  startedAt: null,
  finishedAt: null,
  noticedAt: null,
} as const;

/** Tries a failed or cancelled version again, with the frames that its scene has now. */
export async function retryEnhancement(ctx: Context, input: EnhancementRef): Promise<Enhancement> {
  const { enhancementId } = EnhancementRef.parse(input);
  const found = await requireEnhancement(ctx, enhancementId, 'enhance.run');
  try {
    return await ctx.db.transaction(async (tx) => {
      const owner = await lockListing(tx, found.listing.id);
      // The scene that it was started for may have ended in another.
      const sceneId = (await ownerOf(tx, found.enhancement)) ?? found.enhancement.sceneId;
      const photos = await readyPhotos(tx, owner.id);
      const frames = framesOf(photos, sceneId);
      if (frames.length === 0) {
        throw appError('no_ready_frames', 'This scene has no photos that are ready yet.');
      }
      refuseTooManyFrames(frames.length);
      const free = await isPaid(tx, { listingId: owner.id, frames });
      const creditReference = free ? null : newId('rsv');
      const [row] = await tx
        .update(enhancement)
        .set({ ...FRESH, sceneId, inputPhotoIds: frames, creditReference })
        .where(
          and(
            eq(enhancement.id, enhancementId),
            inArray(enhancement.status, ['failed', 'cancelled']),
          ),
        )
        .returning();
      if (row === undefined) {
        throw appError('not_retryable', 'Only failed or cancelled work can be tried again.');
      }
      // Writes the audit entry and the job.
      await queueWork(tx, ctx, { owner, row });
      await reserveFor(tx, ctx, { listing: owner, rows: [row] });
      return toEnhancement(row, { sceneId, frames });
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (!isUniqueViolation(error, 'enhancement_one_active_per_scene')) throw error;
    throw appError('already_enhancing', 'This scene is being enhanced already.', { cause: error });
  }
}
