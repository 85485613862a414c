import { recordAudit } from '@repo/foundation/audit';
import type { Db, Tx } from '@repo/foundation/db';
import { and, eq, inArray, notExists, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { creditEntry } from '../credit/table.ts';
import { ACTIVE, cancelWhere } from '../enhancement/internal.ts';
import { type EnhancementRow, enhancement } from '../enhancement/table.ts';
import { listing } from '../listing/table.ts';
import { notify } from '../notice/notify.ts';
import { KEPT_DAYS } from '../retention/kept.ts';
import { enhanceBatch } from './table.ts';

const DAYS = KEPT_DAYS.pausedWork;
const MOST_BATCHES = 500;

/**
 * Handler of `batch.cancel_paused`: what is held back holds credits, and held credits do not expire. So it counts from
 * when they were reserved, not from the last pause, and what is paused and too old is cancelled.
 */
export async function cancelLongPaused(ctx: Context): Promise<void> {
  const due = await ctx.db
    .selectDistinct({ batchId: enhanceBatch.id, listingId: enhanceBatch.listingId })
    .from(enhanceBatch)
    .innerJoin(enhancement, eq(enhancement.batchId, enhanceBatch.id))
    .innerJoin(listing, eq(listing.id, enhanceBatch.listingId))
    .where(isLongPaused(ctx))
    .limit(MOST_BATCHES);
  for (const batch of due) await ctx.db.transaction((tx) => cancelHeldBack(tx, ctx, batch));
}

/** Of a batch, its listing and one of its versions. Our deleting a listing cancels everything of it anyway. */
function isLongPaused(ctx: Context) {
  const since = new Date(ctx.now().getTime() - DAYS * 86_400_000).toISOString();
  const reservedAt = sql`(select r.created_at from ${creditEntry} r
    where r.organization_id = ${listing.organizationId} and r.kind = 'reserve'
      and r.reference = ${enhancement.creditReference})`;
  return sql`${enhanceBatch.pausedAt} is not null and ${enhancement.status} = 'queued'
    and ${listing.deletedAt} is null
    and coalesce(${reservedAt}, ${enhanceBatch.pausedAt}) < ${since}::timestamptz`;
}

interface Held {
  batchId: string;
  listingId: string;
}

async function cancelHeldBack(tx: Tx, ctx: Context, { batchId, listingId }: Held): Promise<void> {
  const [home] = await tx.select().from(listing).where(eq(listing.id, listingId)).for('update');
  const rows = await cancelWhere(tx, ctx, inArray(enhancement.id, heldIn(tx, ctx, batchId)));
  if (home === undefined || rows.length === 0) return;
  const { organizationId, address } = home;
  await tx
    .update(enhanceBatch)
    .set({ cancelledAt: ctx.now(), pausedAt: null })
    .where(and(eq(enhanceBatch.id, batchId), notExists(activeIn(tx, batchId))));
  await recordAudit(tx, ctx, {
    organizationId,
    action: 'batch.lapsed',
    entityId: batchId,
    data: { listingId, days: DAYS, scenes: rows.map(({ sceneId }) => sceneId) },
  });
  await notify(tx, ctx, {
    ...{ organizationId, kind: 'batch_lapsed', about: `${batchId}:${ctx.now().getTime()}` },
    title: `${address}: paused work was cancelled`,
    body: bodyOf(rows),
    path: `/listings/${listingId}`,
    action: 'Open the listing',
    recipients: rows.map(({ createdBy }) => createdBy),
  });
}

/** Once nobody can resume it meanwhile. */
function heldIn(tx: Tx, ctx: Context, batchId: string) {
  return tx
    .select({ id: enhancement.id })
    .from(enhancement)
    .innerJoin(enhanceBatch, eq(enhanceBatch.id, enhancement.batchId))
    .innerJoin(listing, eq(listing.id, enhancement.listingId))
    .where(and(eq(enhanceBatch.id, batchId), isLongPaused(ctx)));
}

function activeIn(db: Db | Tx, batchId: string) {
  return db
    .select({ one: sql`1` })
    .from(enhancement)
    .where(and(eq(enhancement.batchId, batchId), inArray(enhancement.status, [...ACTIVE])));
}

function bodyOf(rows: readonly EnhancementRow[]): string {
  const paid = rows.filter(({ creditReference }) => creditReference !== null).length;
  const scenes = rows.length === 1 ? '1 scene was' : `${rows.length} scenes were`;
  const back = paid === 1 ? '1 credit came back' : `${paid} credits came back`;
  return `${scenes} held back for ${DAYS} days${paid > 0 ? `, so ${back}` : ''}. Credits whose time is over can be used for some days only. Start the scenes anew when you need them.`;
}
