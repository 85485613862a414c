import { randomToken } from '@repo/foundation/ids';
import { and, eq, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
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
const DEAD_MS = 60_000;

/** Null when there is nothing to do: ended, deleted, or another run is at it. */
export async function claimWork(ctx: Context, enhancementId: string): Promise<Claim | null> {
  const token = randomToken(22);
  const now = ctx.now();
  const [row] = await ctx.db
    .update(enhancement)
    .set({
      status: 'running',
      runToken: token,
      attempt: sql`${enhancement.attempt} + 1`,
      progress: 0,
      step: 'Starting',
      startedAt: sql`coalesce(${enhancement.startedAt}, ${now.toISOString()}::timestamptz)`,
      heartbeatAt: now,
    })
    .where(and(eq(enhancement.id, enhancementId), claimable(now)))
    .returning();
  if (row === undefined) {
    await comeBackLater(ctx, enhancementId);
    return null;
  }
  const claim = { row: await withoutLook(ctx, { row, token }), token };
  await publishEnhancement(ctx.db, ctx, claim.row);
  return claim;
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

/** The run that holds the row may be dead for less than can be told: somebody looks again. */
async function comeBackLater(ctx: Context, enhancementId: string): Promise<void> {
  const [held] = await ctx.db
    .select({ id: enhancement.id })
    .from(enhancement)
    .where(and(eq(enhancement.id, enhancementId), eq(enhancement.status, 'running')));
  if (held === undefined) return;
  const delaySeconds = DEAD_MS / 1000 + 1;
  await ctx.queue.enqueue(ctx.db, enhanceSceneJob, { payload: { enhancementId }, delaySeconds });
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
