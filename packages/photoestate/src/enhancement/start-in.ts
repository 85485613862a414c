import { recordAudit } from '@repo/foundation/audit';
import { actorId } from '@repo/foundation/context';
import type { Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { and, eq, inArray } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { isPaid } from '../credit/scene-cost.ts';
import { appError } from '../errors.ts';
import { settleListing } from '../listing/settle.ts';
import type { ListingRow } from '../listing/table.ts';
import { refuseTooManyFrames } from '../scene/internal.ts';
import type { Adjustments } from './adjustments.ts';
import { engineOptions, inListingLight, isSameLight, isSameLook } from './engine-options.ts';
import { ACTIVE, cancelActive, publishEnhancement, sameFrames } from './internal.ts';
import { enhanceSceneJob } from './jobs.ts';
import type { ListingLights } from './listing-light.ts';
import type { Preset } from './schema.ts';
import { type EnhancementRow, enhancement } from './table.ts';

export interface Wish {
  listing: ListingRow;
  sceneId: string;
  preset: Preset;
  adjustments: Adjustments;
  lookName?: string | null;
  batchId?: string | null;
  /** The scene's ready frames, in order. */
  frames: readonly string[];
  lights: ListingLights;
}

/**
 * Queues one version, under the lock of the listing. The same work twice is
 * refused; another wish for the scene, or the same in another light of the
 * listing, replaces the one that is not done yet. Who calls it reserves the
 * credits of all that was started, at once: `reserveFor`.
 */
export async function startIn(tx: Tx, ctx: Context, wish: Wish): Promise<EnhancementRow> {
  const { sceneId, preset, frames, adjustments } = wish;
  if (frames.length === 0) {
    throw appError('no_ready_frames', 'This scene has no photos that are ready yet.');
  }
  refuseTooManyFrames(frames.length);
  await replaceActive(tx, ctx, wish);
  const free = await isPaid(tx, { listingId: wish.listing.id, frames });
  const [row] = await tx
    .insert(enhancement)
    .values({
      id: newId('enh'),
      listingId: wish.listing.id,
      sceneId,
      batchId: wish.batchId ?? null,
      preset,
      lookName: wish.lookName ?? null,
      adjustments,
      options: inListingLight(engineOptions(wish), wish.lights.get(sceneId)?.agreed),
      inputPhotoIds: [...frames],
      creditReference: free ? null : newId('rsv'),
      createdBy: actorId(ctx.actor) ?? 'system',
      createdAt: ctx.now(),
    })
    .returning();
  if (row === undefined) throw appError('internal', 'The enhancement could not be saved.');
  await queueWork(tx, ctx, { owner: wish.listing, row });
  return row;
}

async function replaceActive(tx: Tx, ctx: Context, wish: Wish): Promise<void> {
  const [active] = await tx
    .select()
    .from(enhancement)
    .where(and(eq(enhancement.sceneId, wish.sceneId), inArray(enhancement.status, [...ACTIVE])));
  if (active === undefined) return;
  if (
    isSameLook(active, wish) &&
    sameFrames(active.inputPhotoIds, wish.frames) &&
    isSameLight(active, wish, wish.lights.get(wish.sceneId))
  ) {
    throw appError('already_enhancing', 'This scene is being enhanced already.', {
      details: { enhancementId: active.id },
    });
  }
  await cancelActive(tx, ctx, wish.sceneId);
}

/** The audit entry, the job and the news of a row that was just set to `queued`. */
export async function queueWork(
  tx: Tx,
  ctx: Context,
  { owner, row }: { owner: ListingRow; row: EnhancementRow },
): Promise<void> {
  const { organizationId, id: listingId } = owner;
  await recordAudit(tx, ctx, {
    organizationId,
    action: 'enhancement.queued',
    entityId: row.id,
    data: { listingId, sceneId: row.sceneId, preset: row.preset, adjustments: row.adjustments },
  });
  await ctx.queue.enqueue(tx, enhanceSceneJob, { payload: { enhancementId: row.id } });
  await publishEnhancement(tx, ctx, row);
  await settleListing(tx, ctx, listingId);
}
