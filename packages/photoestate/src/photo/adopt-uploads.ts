import type { JobRun } from '@repo/foundation/jobs';
import { and, eq, gte, inArray, isNull, lt, not, sql } from 'drizzle-orm';
import type { SlipwayFile } from 'slipway/server';
import type { Context } from '../context.ts';
import { listing } from '../listing/table.ts';
import { deleteFiles, isStored } from '../work/files.ts';
import { addPhoto } from './add.ts';
import { inspectPhotoJob } from './jobs.ts';
import { ourFault, refusePhoto } from './settle.ts';
import { photo } from './table.ts';

const DAY_MS = 24 * 3_600_000;
/** No Slipway lets an upload take longer than 30 days, however it is set; then it may still be verified. */
const LONGEST_MS = 31 * DAY_MS;
/** Longer than the inspection of one photo and its retries take. */
const STUCK_MS = 30 * 60_000;
/** A day of trying, half an hour apart. */
const MAX_ASKED = 48;

/**
 * Handler of `photo.adopt`. A browser that closes between the last byte and
 * saying so leaves a finished file that no listing knows of.
 */
export async function adoptUploads(ctx: Context, _: object, { signal }: JobRun): Promise<void> {
  const from = new Date(ctx.now().getTime() - DAY_MS);
  await adoptFinished(ctx, { from }, signal);
  await inspectAgain(ctx);
}

/** Handler of `photo.adopt_late`: those that were begun before, and went on when there was a connection again. */
export async function adoptLateUploads(ctx: Context, _: object, { signal }: JobRun): Promise<void> {
  const now = ctx.now().getTime();
  const period = { from: new Date(now - LONGEST_MS), to: new Date(now - DAY_MS) };
  await adoptFinished(ctx, period, signal);
}

async function adoptFinished(
  ctx: Context,
  begun: { from: Date; to?: Date },
  signal: AbortSignal,
): Promise<void> {
  let batch: SlipwayFile[] = [];
  const query = { ...begun, status: 'ready', limit: 100 } as const;
  for await (const file of ctx.slipway.files.all(query, { signal })) {
    if (file.metadata['kind'] !== 'original') continue;
    batch.push(file);
    if (batch.length < 100) continue;
    signal.throwIfAborted();
    await adopt(ctx, batch);
    batch = [];
  }
  await adopt(ctx, batch);
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
    if (!knownIds.has(file.id)) await tryAdopt(ctx, file);
  }
}

/** One file that cannot be taken in must not hold up the others; the next sweep tries it again. */
async function tryAdopt(ctx: Context, file: SlipwayFile): Promise<void> {
  try {
    await adoptOne(ctx, file);
  } catch (error) {
    ctx.log.warn({ err: error, fileId: file.id }, 'an upload could not be taken in');
  }
}

async function adoptOne(ctx: Context, file: SlipwayFile): Promise<void> {
  const listingId = String(file.metadata['listingId']);
  const [open] = await ctx.db
    .select({ id: listing.id })
    .from(listing)
    .where(and(eq(listing.id, listingId), isNull(listing.deletedAt)));
  if (open === undefined) {
    await deleteFiles(ctx, [file.id]);
    return;
  }
  // Cleaning removes the file before the row: where a row has just gone, the file has too.
  if (await isStored(ctx, file.id)) await addPhoto(ctx, { listingId, file });
}

/** Has inspections that were lost done again: one at a time for a photo, and not for ever. */
async function inspectAgain(ctx: Context): Promise<void> {
  const now = ctx.now();
  const stuck = and(
    eq(photo.status, 'uploaded'),
    isNull(photo.deletedAt),
    lt(
      sql`coalesce(${photo.inspectAskedAt}, ${photo.createdAt})`,
      new Date(now.getTime() - STUCK_MS).toISOString(),
    ),
  );
  const tooOften = gte(photo.inspectAsked, MAX_ASKED);
  await ctx.db.transaction(async (tx) => {
    const asked = await tx
      .update(photo)
      .set({ inspectAskedAt: now, inspectAsked: sql`${photo.inspectAsked} + 1` })
      .where(and(stuck, not(tooOften)))
      .returning({ id: photo.id });
    for (const { id } of asked) {
      await ctx.queue.enqueue(tx, inspectPhotoJob, { payload: { photoId: id } });
    }
  });
  const hopeless = await ctx.db.select().from(photo).where(and(stuck, tooOften)).limit(100);
  for (const row of hopeless) {
    await refusePhoto(ctx, row, { code: 'gave_up', reason: ourFault(row.name) }).catch(
      (error: unknown) => ctx.log.warn({ err: error, photoId: row.id }, 'a photo stays unread'),
    );
  }
}
