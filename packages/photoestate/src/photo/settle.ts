import type { FrameLight } from '@repo/engine';
import { recordAudit } from '@repo/foundation/audit';
import { and, eq, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { lockListing } from '../listing/internal.ts';
import { settleListing } from '../listing/settle.ts';
import { publishListingEvent } from '../live/publish.ts';
import { regroupListingJob } from '../scene/jobs.ts';
import type { Failure } from '../work/failure.ts';
import { requirePhoto } from './internal.ts';
import { type PhotoRow, photo, photoFingerprint } from './table.ts';

type Settling = Partial<PhotoRow> & {
  status: 'ready' | 'refused';
  seen?: { fingerprint: string; light: FrameLight };
};

/** Ends the waiting of a photo. False when it is settled or deleted already: another run was faster. */
export async function settlePhoto(
  ctx: Context,
  row: PhotoRow,
  { seen, ...change }: Settling,
): Promise<boolean> {
  const { listingId } = row;
  await requirePhoto(ctx, row.id, 'photo.upload');
  return ctx.db.transaction(async (tx) => {
    // A run that began before this commits waits here, and sees the photo; see `regroupListing`.
    const { organizationId } = await lockListing(tx, listingId);
    const settled = await tx
      .update(photo)
      .set(change)
      .where(and(eq(photo.id, row.id), eq(photo.status, 'uploaded'), isNull(photo.deletedAt)))
      .returning({ id: photo.id });
    if (settled.length === 0) return false;
    if (seen !== undefined) await tx.insert(photoFingerprint).values({ photoId: row.id, ...seen });
    await recordAudit(tx, ctx, {
      organizationId,
      action: `photo.${change.status}`,
      entityId: row.id,
      data: { listingId, refusal: change.refusalCode ?? null },
    });
    if (change.status === 'ready')
      await ctx.queue.enqueue(tx, regroupListingJob, { payload: { listingId }, key: listingId });
    await publishListingEvent(tx, ctx, { type: 'photo', listingId, photoId: row.id });
    await settleListing(tx, ctx, listingId);
    return true;
  });
}

export async function refusePhoto(
  ctx: Context,
  row: PhotoRow,
  { code, reason }: Failure,
): Promise<void> {
  await settlePhoto(ctx, row, { status: 'refused', refusalCode: code, refusalReason: reason });
}

/** Words for a photo that we failed to read though nothing is known to be wrong with it. */
export function ourFault(name: string): string {
  return `“${name}” could not be read. That is a fault of ours: remove it and upload it again.`;
}
