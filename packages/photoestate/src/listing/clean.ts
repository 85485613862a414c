import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { and, eq, isNotNull, notExists, sql } from 'drizzle-orm';
import { enhanceTurn } from '../batch/table.ts';
import type { Context } from '../context.ts';
import { cancelWhere, livingInputs } from '../enhancement/internal.ts';
import { enhancement } from '../enhancement/table.ts';
import { deleteCopies } from '../gallery/delete-copies.ts';
import { deliveryPhoto } from '../gallery/table.ts';
import { photo } from '../photo/table.ts';
import { lookPreview } from '../preview/table.ts';
import { scene } from '../scene/table.ts';
import { deleteFiles } from '../work/files.ts';
import { settleListing } from './settle.ts';
import { type ListingRow, listing } from './table.ts';

/**
 * Handler of `listing.clean`. Files first, rows after, so that an end half way
 * forgets nothing; run again, it goes on where it was.
 */
export async function cleanListing(
  ctx: Context,
  { listingId }: { listingId: string },
): Promise<void> {
  const [row] = await ctx.db.select().from(listing).where(eq(listing.id, listingId));
  if (row === undefined) return;
  const whole = row.deletedAt !== null;
  await cleanEnhancements(ctx, listingId, whole);
  await cleanPhotos(ctx, listingId, whole);
  if (whole) await cleanPreviews(ctx, listingId);
  await cleanScenes(ctx, listingId);
  if (whole) await ctx.db.delete(enhanceTurn).where(eq(enhanceTurn.listingId, listingId));
  if (whole) await ctx.db.delete(listing).where(eq(listing.id, listingId));
}

async function cleanEnhancements(ctx: Context, listingId: string, whole: boolean): Promise<void> {
  const condition = and(
    eq(enhancement.listingId, listingId),
    whole ? undefined : notExists(livingInputs(ctx.db)),
  );
  // A worker that is busy with one of them finds out, and removes what it stored meanwhile.
  await ctx.db.transaction(async (tx) => {
    const owner = await lockDeletedOrNot(tx, listingId);
    for (const { id, sceneId } of await cancelWhere(tx, ctx, condition)) {
      await recordAudit(tx, ctx, {
        organizationId: owner?.organizationId ?? null,
        action: 'enhancement.cancelled',
        entityId: id,
        data: { listingId, sceneId },
      });
    }
  });
  for (const row of await ctx.db.select().from(enhancement).where(condition)) {
    const { resultFileId, resultPreviewFileId, resultThumbFileId, firstLook } = row;
    const results = [resultFileId, resultPreviewFileId, resultThumbFileId];
    await deleteCopies(ctx, results);
    await deleteFiles(ctx, [...results, firstLook?.fileId ?? null]);
    await ctx.db.delete(enhancement).where(eq(enhancement.id, row.id));
  }
  if (whole) return;
  // A listing may be at something else without its results.
  await ctx.db.transaction(async (tx) => {
    await lockDeletedOrNot(tx, listingId);
    await settleListing(tx, ctx, listingId);
  });
}

/** What changes scenes and versions holds the row. */
async function lockDeletedOrNot(tx: Tx, listingId: string): Promise<ListingRow | undefined> {
  const [row] = await tx.select().from(listing).where(eq(listing.id, listingId)).for('update');
  return row;
}

/** The rows go with the listing, or by themselves within hours. */
async function cleanPreviews(ctx: Context, listingId: string): Promise<void> {
  const rows = await ctx.db
    .select({ fileId: lookPreview.fileId })
    .from(lookPreview)
    .where(eq(lookPreview.listingId, listingId));
  await deleteFiles(
    ctx,
    rows.map(({ fileId }) => fileId),
  );
}

async function cleanPhotos(ctx: Context, listingId: string, whole: boolean): Promise<void> {
  const rows = await ctx.db
    .select()
    .from(photo)
    .where(and(eq(photo.listingId, listingId), whole ? undefined : isNotNull(photo.deletedAt)));
  for (const row of rows) {
    await deleteCopies(ctx, [row.previewFileId]);
    await deleteFiles(ctx, [row.fileId, row.previewFileId, row.thumbFileId]);
    await ctx.db.delete(photo).where(eq(photo.id, row.id));
  }
}

/** Scenes that ended stay for what still names them: versions, and photos that were delivered. */
async function cleanScenes(ctx: Context, listingId: string): Promise<void> {
  const used = ctx.db
    .select({ one: sql`1` })
    .from(enhancement)
    .where(eq(enhancement.sceneId, scene.id));
  const delivered = ctx.db
    .select({ one: sql`1` })
    .from(deliveryPhoto)
    .where(eq(deliveryPhoto.sceneId, scene.id));
  await ctx.db
    .delete(scene)
    .where(
      and(
        eq(scene.listingId, listingId),
        isNotNull(scene.deletedAt),
        notExists(used),
        notExists(delivered),
      ),
    );
}
