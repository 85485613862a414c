import type { Db, Tx } from '@repo/foundation/db';
import { and, eq, exists, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { settleBatches } from '../batch/settle.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { allow, roleThere, visibleTo } from '../listing/internal.ts';
import { settleListing } from '../listing/settle.ts';
import { type ListingRow, listing } from '../listing/table.ts';
import { publishListingEvent } from '../live/publish.ts';
import { mediaUrl } from '../media/url.ts';
import type { Permission } from '../permission.ts';
import { photo } from '../photo/table.ts';
import { isRetryable } from '../work/retryable.ts';
import { alterationsOf } from './alterations.ts';
import { endCredits } from './credits.ts';
import type { Enhancement } from './schema.ts';
import { type EnhancementRow, enhancement, type StoredLook } from './table.ts';

export const ACTIVE = ['queued', 'running'] as const;

/** The version and its listing, or the same `not_found` for strangers as for nothing. */
export async function requireEnhancement(
  ctx: Context,
  enhancementId: string,
  permission: Permission,
): Promise<{ enhancement: EnhancementRow; listing: ListingRow }> {
  const [found] = await ctx.db
    .select({ enhancement, listing, role: roleThere(ctx) })
    .from(enhancement)
    .innerJoin(listing, eq(listing.id, enhancement.listingId))
    .where(and(eq(enhancement.id, enhancementId), exists(livingInputs(ctx.db)), visibleTo(ctx)));
  if (found === undefined) {
    throw appError('not_found', `There is no enhancement "${enhancementId}".`);
  }
  allow(ctx, found.role, permission);
  return found;
}

/** Photos that went into a version and are still there. When the last one goes, the version goes. */
export function livingInputs(db: Db | Tx) {
  return db
    .select({ one: sql`1` })
    .from(photo)
    .where(
      and(
        eq(photo.listingId, enhancement.listingId),
        isNull(photo.deletedAt),
        sql`${enhancement.inputPhotoIds} ? ${photo.id}`,
      ),
    );
}

export function sameFrames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === a.length;
}

/** The scene that a version shows, and what it holds now, to tell whether the version is outdated. */
interface ShownScene {
  sceneId: string;
  frames: readonly string[];
}

export function toEnhancement(row: EnhancementRow, { sceneId, frames }: ShownScene): Enhancement {
  const { failureCode, failureReason, recipe } = row;
  return {
    id: row.id,
    sceneId,
    listingId: row.listingId,
    status: row.status,
    preset: row.preset,
    lookName: row.lookName,
    batchId: row.batchId,
    adjustments: row.adjustments,
    progress: row.progress,
    step: row.step,
    attempt: row.attempt,
    failure:
      failureCode === null
        ? null
        : {
            code: failureCode,
            reason: failureReason ?? failureCode,
            retryable: isRetryable(failureCode),
          },
    engineVersion: row.engineVersion,
    signedBy: row.resultSignedBy,
    report: row.report,
    alterations: row.status === 'done' ? alterationsOf(row) : null,
    crop: Crop.safeParse(recipe?.['crop']).data ?? null,
    width: row.width,
    height: row.height,
    inputPhotoIds: row.inputPhotoIds,
    outdated: !sameFrames(row.inputPhotoIds, frames),
    review: reviewOf(row),
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    firstLook: shownLook(row),
    urls:
      row.status !== 'done'
        ? null
        : {
            thumb: mediaUrl('enhancements', row.id, 'thumb'),
            preview: mediaUrl('enhancements', row.id, 'preview'),
            // Its credit was given back: it can be looked at, and that is all.
            full: mediaUrl('enhancements', row.id, row.review === 'rejected' ? 'preview' : 'full'),
          },
  };
}

function reviewOf({ review, ...row }: EnhancementRow): Enhancement['review'] {
  if (review === null) return null;
  const { reviewReasons: reasons, reviewNote: note, reviewedAt: at } = row;
  return { state: review, reasons, note, at };
}

const Crop = z.record(z.string(), z.unknown());

/** A run that fell silent leaves its look in the row: it counts only while the row says that it runs. */
export function lookOf({ status, firstLook }: EnhancementRow): StoredLook | null {
  return status === 'running' ? firstLook : null;
}

function shownLook(row: EnhancementRow): Enhancement['firstLook'] {
  const look = lookOf(row);
  if (look === null) return null;
  const { fileId, width, height } = look;
  // Another run of the same row has another look, and browsers keep redirects.
  return { url: `${mediaUrl('enhancements', row.id, 'first-look')}?v=${fileId}`, width, height };
}

export async function publishEnhancement(
  tx: Db | Tx,
  ctx: Context,
  row: EnhancementRow,
): Promise<void> {
  const { id, sceneId, listingId, status, progress, step } = row;
  const firstLook = shownLook(row);
  await publishListingEvent(tx, ctx, {
    type: 'enhancement',
    listingId,
    id,
    sceneId,
    status,
    progress,
    step,
    firstLook,
  });
}

/** Ends what is queued or running for a scene. */
export async function cancelActive(tx: Tx, ctx: Context, sceneId: string): Promise<string[]> {
  const rows = await cancelWhere(tx, ctx, eq(enhancement.sceneId, sceneId));
  return rows.map((row) => row.id);
}

/**
 * Ends what is queued or running of these, gives its credits back, and tells of it; under the lock of their
 * listings. The worker notices by its next heartbeat.
 */
export async function cancelWhere(
  tx: Tx,
  ctx: Context,
  condition: SQL | undefined,
): Promise<EnhancementRow[]> {
  const rows = await tx
    .update(enhancement)
    .set({ status: 'cancelled', step: null, firstLook: null, finishedAt: ctx.now() })
    .where(and(condition, inArray(enhancement.status, [...ACTIVE])))
    .returning();
  for (const row of rows) await publishEnhancement(tx, ctx, row);
  for (const listingId of new Set(rows.map((row) => row.listingId))) {
    await settleListing(tx, ctx, listingId);
  }
  await giveBack(tx, ctx, rows);
  await settleBatches(tx, ctx, rows);
  return rows;
}

/** What rows that were just cancelled had reserved. */
async function giveBack(tx: Tx, ctx: Context, rows: readonly EnhancementRow[]): Promise<void> {
  for (const row of rows) {
    const [owner] = await tx
      .select({ organizationId: listing.organizationId })
      .from(listing)
      .where(eq(listing.id, row.listingId));
    if (owner !== undefined) await endCredits(tx, ctx, { ...owner, row });
  }
}
