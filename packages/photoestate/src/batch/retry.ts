import { AppError } from '@repo/foundation/errors';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { reserveFor } from '../enhancement/credits.ts';
import { ACTIVE } from '../enhancement/internal.ts';
import { retryIn, sceneToRetry } from '../enhancement/retry-in.ts';
import { type EnhancementRow, enhancement } from '../enhancement/table.ts';
import { appError } from '../errors.ts';
import { lockListing } from '../listing/internal.ts';
import { readyPhotos } from '../scene/internal.ts';
import { requireBatch } from './internal.ts';
import { BatchRef } from './schema.ts';
import type { SkippedScene } from './table.ts';

export interface RetriedBatch {
  retried: number;
  /** Those that are left as they are, with the reason. */
  skipped: SkippedScene[];
}

/** Tries all that failed of it again: what there are credits for whole, or nothing. `retryIn` writes the audit entries. */
export async function retryBatch(ctx: Context, input: BatchRef): Promise<RetriedBatch> {
  const { batchId } = BatchRef.parse(input);
  const found = await requireBatch(ctx, batchId, 'enhance.run');
  return ctx.db.transaction(async (tx) => {
    const owner = await lockListing(tx, found.listing.id);
    const versions = await tx.select().from(enhancement).where(eq(enhancement.listingId, owner.id));
    const failed = versions.filter((row) => row.batchId === batchId && row.status === 'failed');
    if (failed.length === 0) {
      throw appError('not_retryable', 'Nothing of this has failed, so nothing is tried again.');
    }
    const photos = await readyPhotos(tx, owner.id);
    const rows: EnhancementRow[] = [];
    const skipped: SkippedScene[] = [];
    const busy = new Set(versions.filter(isActive).map((row) => row.sceneId));
    for (const version of failed) {
      // Two that failed may have become one scene since, by a merge.
      const sceneId = await sceneToRetry(tx, version);
      try {
        if (busy.has(sceneId))
          throw appError('already_enhancing', 'This scene is being enhanced already.');
        rows.push(await retryIn(tx, ctx, { owner, version, sceneId, photos }));
        busy.add(sceneId);
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 500) throw error;
        skipped.push({ sceneId, code: error.code, reason: error.message });
      }
    }
    await reserveFor(tx, ctx, { listing: owner, rows });
    return { retried: rows.length, skipped };
  });
}

function isActive({ status }: EnhancementRow): boolean {
  return ACTIVE.some((each) => each === status);
}
