import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { eq } from 'drizzle-orm';
import { settleBatches } from '../batch/settle.ts';
import type { Context } from '../context.ts';
import { tellEnhancementEnd } from '../event/enhancement-ended.ts';
import { requireListing } from '../listing/internal.ts';
import { settleListing } from '../listing/settle.ts';
import { listing } from '../listing/table.ts';
import type { Failure } from '../work/failure.ts';
import { type Claim, heldBy } from './claim.ts';
import { complaintsOf } from './complaints.ts';
import { endCredits } from './credits.ts';
import { publishEnhancement } from './internal.ts';
import { enhanceSceneJob } from './jobs.ts';
import type { Produced } from './produce.ts';
import { type EnhancementRow, enhancement } from './table.ts';

/** False when the row is not ours any more: nothing was recorded. */
export async function recordResult(
  ctx: Context,
  claim: Claim,
  produced: Produced,
): Promise<boolean> {
  const { done, ...result } = produced;
  const reviewReasons = complaintsOf(done.report);
  return end(ctx, claim, {
    ...result,
    status: 'done',
    progress: 1,
    engineVersion: done.recipe.engine,
    report: { ...done.report },
    recipe: { ...done.recipe },
    review: reviewReasons.length === 0 ? null : 'flagged',
    reviewReasons,
  });
}

export async function recordFailure(
  ctx: Context,
  claim: Claim,
  { code, reason }: Failure,
): Promise<void> {
  await end(ctx, claim, { status: 'failed', failureCode: code, failureReason: reason });
}

async function end(
  ctx: Context,
  claim: Claim,
  change: Partial<EnhancementRow> & { status: 'done' | 'failed' },
): Promise<boolean> {
  const { listingId, sceneId } = claim.row;
  const { organizationId } = await requireListing(ctx, listingId, 'enhance.run');
  return ctx.db.transaction(async (tx) => {
    await lockRow(tx, listingId);
    const [row] = await tx
      .update(enhancement)
      .set({ ...change, step: null, firstLook: null, finishedAt: ctx.now() })
      .where(heldBy(claim))
      .returning();
    if (row === undefined) return false;
    await recordAudit(tx, ctx, {
      organizationId,
      action: `enhancement.${change.status}`,
      entityId: row.id,
      data: {
        listingId,
        sceneId,
        failure: row.failureCode,
        engine: row.engineVersion,
        review: row.review,
      },
    });
    await endCredits(tx, ctx, { organizationId, row });
    await tellEnhancementEnd(tx, ctx, { organizationId, row });
    await publishEnhancement(tx, ctx, row);
    await settleListing(tx, ctx, listingId);
    await settleBatches(tx, ctx, [row]);
    return true;
  });
}

/** Two results that end at once must not both think that the other is still under way. */
async function lockRow(tx: Tx, listingId: string): Promise<void> {
  await tx.select({ id: listing.id }).from(listing).where(eq(listing.id, listingId)).for('update');
}

interface Release {
  step: string;
  newJob: boolean;
  waitSeconds?: number;
  /** How many the row counts now. */
  attempt?: number;
}

/** Gives the row back to the queue: for this job's next attempt, or a new job where there is none. */
export async function releaseWork(
  ctx: Context,
  claim: Claim,
  { step, newJob, waitSeconds = 0, attempt = claim.row.attempt }: Release,
): Promise<void> {
  const waitUntil = waitSeconds === 0 ? null : new Date(ctx.now().getTime() + waitSeconds * 1000);
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .update(enhancement)
      .set({
        ...{ status: 'queued', progress: 0, step, attempt, waitUntil },
        ...{ firstLook: null, runToken: null },
      })
      .where(heldBy(claim))
      .returning();
    if (row === undefined) return;
    await publishEnhancement(tx, ctx, row);
    if (!newJob) return;
    await ctx.queue.enqueue(tx, enhanceSceneJob, {
      payload: { enhancementId: row.id },
      ...(waitSeconds === 0 ? {} : { delaySeconds: waitSeconds }),
    });
  });
}
