import type { Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { and, eq, inArray } from 'drizzle-orm';
import { settleBatches } from '../batch/settle.ts';
import type { Context } from '../context.ts';
import { isPaid } from '../credit/scene-cost.ts';
import { appError } from '../errors.ts';
import type { ListingRow } from '../listing/table.ts';
import type { PhotoRow } from '../photo/table.ts';
import { framesOf, refuseTooManyFrames } from '../scene/internal.ts';
import { ownerOf } from './owner.ts';
import { queueWork } from './start-in.ts';
import { type EnhancementRow, enhancement } from './table.ts';

const FRESH = {
  status: 'queued',
  progress: 0,
  step: null,
  attempt: 0,
  runToken: null,
  firstLook: null,
  heartbeatAt: null,
  waitUntil: null,
  failureCode: null,
  failureReason: null,
  startedAt: null,
  finishedAt: null,
  noticedAt: null,
} as const;

interface Again {
  owner: ListingRow;
  version: EnhancementRow;
  /** From `sceneToRetry`. */
  sceneId: string;
  /** The listing's that are ready. */
  photos: readonly PhotoRow[];
}

/** The scene that a version was started for may have ended in another. */
export async function sceneToRetry(tx: Tx, version: EnhancementRow): Promise<string> {
  return (await ownerOf(tx, version)) ?? version.sceneId;
}

/**
 * Queues a failed or cancelled version again, under the lock of the listing. Who calls it reserves the credits of
 * all that was queued, at once: `reserveFor`.
 */
export async function retryIn(
  tx: Tx,
  ctx: Context,
  { owner, version, sceneId, photos }: Again,
): Promise<EnhancementRow> {
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
      and(eq(enhancement.id, version.id), inArray(enhancement.status, ['failed', 'cancelled'])),
    )
    .returning();
  if (row === undefined) {
    throw appError('not_retryable', 'Only failed or cancelled work can be tried again.');
  }
  // Writes the audit entry and the job.
  await queueWork(tx, ctx, { owner, row });
  await settleBatches(tx, ctx, [row]);
  return row;
}
