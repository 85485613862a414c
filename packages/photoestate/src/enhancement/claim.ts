import type { Tx } from '@repo/foundation/db';
import { randomToken } from '@repo/foundation/ids';
import { and, eq, exists, isNotNull, isNull, lt, notExists, or, type SQL, sql } from 'drizzle-orm';
import { enhanceBatch } from '../batch/table.ts';
import type { Context } from '../context.ts';
import { listing } from '../listing/table.ts';
import { discardFiles } from '../work/files.ts';
import { publishEnhancement } from './internal.ts';
import { enhanceSceneJob } from './jobs.ts';
import { type EnhancementRow, enhancement } from './table.ts';

const BEAT_MS = 1_000;

/** One run's hold on a row. Whoever claims later holds it instead. */
export interface Claim {
  row: EnhancementRow;
  token: string;
}

/** Hearts beat every second; after this silence the run is dead. Longer than the queue waits (15 s). */
export const DEAD_MS = 30_000;

/** Null when there is nothing to do: ended, deleted, or another run is at it. */
export async function claimWork(ctx: Context, enhancementId: string): Promise<Claim | null> {
  const claim = await tryToClaim(ctx, enhancementId);
  if (claim === null) await comeBackLater(ctx, enhancementId);
  return claim;
}

export async function tryToClaim(ctx: Context, enhancementId: string): Promise<Claim | null> {
  const token = randomToken(22);
  const now = ctx.now();
  const row = await ctx.db.transaction(async (tx) => {
    const [claimed] = await tx
      .update(enhancement)
      .set({
        status: 'running',
        runToken: token,
        attempt: sql`${enhancement.attempt} + 1`,
        progress: 0,
        step: 'Starting',
        startedAt: sql`coalesce(${enhancement.startedAt}, ${now.toISOString()}::timestamptz)`,
        heartbeatAt: now,
        waitUntil: null,
      })
      .where(
        and(eq(enhancement.id, enhancementId), claimable(now), notPaused(tx), ofLivingListing(tx)),
      )
      .returning();
    if (claimed !== undefined) await takeTurn(tx, claimed.listingId);
    return claimed;
  });
  if (row === undefined) return null;
  const claim = { row: await withoutLook(ctx, { row, token }), token };
  await publishEnhancement(ctx.db, ctx, claim.row);
  return claim;
}

function notPaused(tx: Tx): SQL {
  const paused = tx
    .select({ one: sql`1` })
    .from(enhanceBatch)
    .where(and(eq(enhanceBatch.id, enhancement.batchId), isNotNull(enhanceBatch.pausedAt)));
  return notExists(paused);
}

function ofLivingListing(tx: Tx): SQL {
  const living = tx
    .select({ one: sql`1` })
    .from(listing)
    .where(and(eq(listing.id, enhancement.listingId), isNull(listing.deletedAt)));
  return exists(living);
}

/** By the database's clock, which all workers share. */
async function takeTurn(tx: Tx, listingId: string): Promise<void> {
  await tx.execute(sql`
    insert into enhance_turn (listing_id, organization_id, served_at)
    select id, organization_id, clock_timestamp() from listing where id = ${listingId}
    on conflict (listing_id) do update set served_at = excluded.served_at`);
}

/** A run that was killed left the first look that it had stored. */
async function withoutLook(ctx: Context, claim: Claim): Promise<EnhancementRow> {
  const { firstLook } = claim.row;
  if (firstLook === null) return claim.row;
  await ctx.db.update(enhancement).set({ firstLook: null }).where(heldBy(claim));
  await discardFiles(ctx, [firstLook.fileId]);
  return { ...claim.row, firstLook: null };
}

/** Waiting, or its run fell silent. A second job for the same row takes nothing from a run that lives. */
function claimable(now: Date): SQL | undefined {
  return or(
    eq(enhancement.status, 'queued'),
    and(
      eq(enhancement.status, 'running'),
      lt(enhancement.heartbeatAt, new Date(now.getTime() - DEAD_MS)),
    ),
  );
}

/**
 * The run that holds the row may be dead for less than can be told, or it waits to be tried again: somebody looks
 * again then. `silentFor` leaves out runs whose heart was heard since.
 */
export async function comeBackLater(
  ctx: Context,
  enhancementId: string,
  { silentFor = 0 }: { silentFor?: number } = {},
): Promise<void> {
  const [row] = await ctx.db.select().from(enhancement).where(eq(enhancement.id, enhancementId));
  const now = ctx.now().getTime();
  const wait = row === undefined ? null : waitFor(row, { now, silentFor });
  if (wait === null) return;
  const delaySeconds = Math.ceil(wait / 1000) + 1;
  await ctx.queue.enqueue(ctx.db, enhanceSceneJob, { payload: { enhancementId }, delaySeconds });
}

/** Milliseconds; null for nothing to wait for. */
function waitFor(
  { status, heartbeatAt, waitUntil }: EnhancementRow,
  { now, silentFor }: { now: number; silentFor: number },
): number | null {
  if (status === 'running') {
    const silent = now - (heartbeatAt?.getTime() ?? 0);
    return silent < silentFor ? null : DEAD_MS;
  }
  const wait = status === 'queued' && waitUntil !== null ? waitUntil.getTime() - now : 0;
  return wait > 0 ? wait : null;
}

/** The condition under which this run still holds the row; every write of a run carries it. */
export function heldBy({ row, token }: Claim): SQL | undefined {
  return and(
    eq(enhancement.id, row.id),
    eq(enhancement.runToken, token),
    eq(enhancement.status, 'running'),
  );
}

export interface Heartbeat {
  report(progress: number, step: string): void;
  /** Aborted when another run took over, or a person cancelled. */
  lost: AbortSignal;
  stop(): void;
}

/** Writes progress at most once a second, and learns by it whether the row is still ours. */
export function startHeartbeat(ctx: Context, claim: Claim): Heartbeat {
  const lost = new AbortController();
  let current = { progress: 0, step: 'Starting' };
  let written = current;
  let busy = false;
  async function beat(): Promise<void> {
    const next = current;
    const [row] = await ctx.db
      .update(enhancement)
      .set({ heartbeatAt: ctx.now(), ...next })
      .where(heldBy(claim))
      .returning();
    if (row === undefined) lost.abort(new Error('the work was cancelled or taken over'));
    else if (next !== written) await publishEnhancement(ctx.db, ctx, row);
    written = next;
  }
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    beat()
      .catch((error: unknown) => ctx.log.warn({ err: error }, 'progress could not be written'))
      .finally(() => {
        busy = false;
      });
  }, BEAT_MS);
  return {
    report(progress, step) {
      if (progress !== current.progress || step !== current.step) current = { progress, step };
    },
    lost: lost.signal,
    stop: () => clearInterval(timer),
  };
}
