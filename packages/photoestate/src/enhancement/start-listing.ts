import { actorId } from '@repo/foundation/context';
import type { Tx } from '@repo/foundation/db';
import { AppError } from '@repo/foundation/errors';
import { newId } from '@repo/foundation/ids';
import { eq } from 'drizzle-orm';
import { enhanceBatch } from '../batch/table.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { lockListing, requireListing } from '../listing/internal.ts';
import { publishListingEvent } from '../live/publish.ts';
import { reserveFor } from './credits.ts';
import { toEnhancement } from './internal.ts';
import { type ScenesToStart, scenesToStart } from './scenes-to-start.ts';
import { type Look, type StartedListing, StartListing } from './schema.ts';
import { startIn } from './start-in.ts';
import type { EnhancementRow } from './table.ts';

/**
 * Queues every scene, or every one of a selection, that has no current result in its look: one of the frames that
 * the scene has now, in the light that the listing agrees on now. Scenes that cannot be enhanced are left out with
 * their reason. When there are too few credits for all of them, nothing is started. They are one batch, to be
 * paused, resumed and cancelled together. `startIn` writes the audit entries and jobs.
 */
export async function enhanceListing(ctx: Context, input: StartListing): Promise<StartedListing> {
  const wish = StartListing.parse(input);
  const { listingId } = wish;
  await requireListing(ctx, listingId, 'enhance.run');
  return ctx.db.transaction(async (tx) => {
    const listing = await lockListing(tx, listingId);
    const chosen = await scenesToStart(tx, wish);
    const batchId = await insertBatch(tx, ctx, listingId);
    const result: StartedListing = { batchId, started: [], skipped: [] };
    const rows: EnhancementRow[] = [];
    for (const { sceneId, frames, look } of chosen.todo) {
      try {
        const { lights } = chosen;
        const row = await startIn(tx, ctx, { listing, sceneId, frames, lights, batchId, ...look });
        rows.push(row);
        result.started.push(toEnhancement(row, { sceneId, frames }));
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 500) throw error;
        result.skipped.push({ sceneId, code: error.code, reason: error.message });
      }
    }
    if (result.started.length === 0 && result.skipped.length === 0) {
      throw appError('nothing_to_enhance', nothingToDo(chosen, wish));
    }
    await reserveFor(tx, ctx, { listing, rows });
    await countBatch(tx, ctx, { result, listingId });
    return result;
  });
}

async function insertBatch(tx: Tx, ctx: Context, listingId: string): Promise<string> {
  const id = newId('bat');
  const createdBy = actorId(ctx.actor) ?? 'system';
  await tx
    .insert(enhanceBatch)
    .values({ id, listingId, scenes: 0, skipped: [], createdBy, createdAt: ctx.now() });
  return id;
}

async function countBatch(
  tx: Tx,
  ctx: Context,
  { result, listingId }: { result: StartedListing; listingId: string },
): Promise<void> {
  const { batchId, started, skipped } = result;
  const endedAt = started.length === 0 ? ctx.now() : null;
  await tx
    .update(enhanceBatch)
    .set({ scenes: started.length, skipped, endedAt })
    .where(eq(enhanceBatch.id, batchId));
  await publishListingEvent(tx, ctx, { type: 'batch', listingId });
}

function nothingToDo({ scenes }: ScenesToStart, wish: Look): string {
  if (scenes === 0) return 'There are no scenes yet: upload photos first.';
  const name = wish.lookName ?? wish.preset;
  return `Every scene has a finished photo in the look “${name}”, or is on its way there.`;
}
