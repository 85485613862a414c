import { and, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { SlipwayFile } from 'slipway/server';
import type { Context } from '../context.ts';
import { listing } from '../listing/table.ts';
import { deleteFiles } from '../work/files.ts';
import { addPhoto } from './add.ts';
import { inspectPhotoJob } from './jobs.ts';
import { photo } from './table.ts';

const LOOK_BACK_MS = 24 * 3_600_000;
/** Longer than the inspection of one photo and its retries take. */
const STUCK_MS = 30 * 60_000;

/**
 * Handler of `photo.adopt`. A browser that closes between the last byte and
 * saying so leaves a finished file that no listing knows of.
 */
export async function adoptUploads(ctx: Context): Promise<void> {
  const since = new Date(ctx.now().getTime() - LOOK_BACK_MS);
  let batch: SlipwayFile[] = [];
  for await (const file of ctx.slipway.files.all({ status: 'ready', from: since, limit: 100 })) {
    if (file.metadata['kind'] !== 'original') continue;
    batch.push(file);
    if (batch.length < 100) continue;
    await adopt(ctx, batch);
    batch = [];
  }
  await adopt(ctx, batch);
  await inspectAgain(ctx);
}

async function adopt(ctx: Context, files: readonly SlipwayFile[]): Promise<void> {
  if (files.length === 0) return;
  const ids = files.map((file) => file.id);
  const known = await ctx.db
    .select({ id: photo.fileId })
    .from(photo)
    .where(inArray(photo.fileId, ids));
  const knownIds = new Set(known.map((row) => row.id));
  for (const file of files) {
    if (!knownIds.has(file.id)) await adoptOne(ctx, file);
  }
}

async function adoptOne(ctx: Context, file: SlipwayFile): Promise<void> {
  const listingId = String(file.metadata['listingId']);
  const [open] = await ctx.db
    .select({ id: listing.id })
    .from(listing)
    .where(and(eq(listing.id, listingId), isNull(listing.deletedAt)));
  if (open === undefined) await deleteFiles(ctx, [file.id]);
  else await addPhoto(ctx, { listingId, file });
}

async function inspectAgain(ctx: Context): Promise<void> {
  const stuck = await ctx.db
    .select({ id: photo.id })
    .from(photo)
    .where(
      and(
        eq(photo.status, 'uploaded'),
        isNull(photo.deletedAt),
        lt(photo.createdAt, new Date(ctx.now().getTime() - STUCK_MS)),
      ),
    )
    .limit(500);
  for (const { id } of stuck) {
    await ctx.queue.enqueue(ctx.db, inspectPhotoJob, { payload: { photoId: id } });
  }
}
