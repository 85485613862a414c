import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '@repo/foundation/db';
import { and, asc, desc, eq, gt, lte, max, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { isTestActor } from '../file/test-mode.ts';
import { requireProject } from '../project/internal.ts';
import { payloadOf } from '../webhook/payload.ts';
import { type EventPage, ListEvents } from './schema.ts';
import { event } from './table.ts';

const WAIT_MS = 20;
const LONGEST_WAIT_MS = 2_000;

/**
 * What happened in the project after a cursor, oldest first; without one the newest. Whoever follows
 * the cursors sees every event once: what a transaction that is still running may yet tell is waited
 * for, or left for the next call with all that came after it.
 */
export async function listEvents(
  ctx: SlipwayContext,
  { projectId, query }: { projectId: string; query: ListEvents },
): Promise<EventPage> {
  // Endpoints' addresses are among what events tell.
  await requireProject(ctx, projectId, 'webhook.manage');
  const { after, limit } = ListEvents.parse(query);
  const from = after === undefined ? null : Number(after);
  const settled = await settledSequence(ctx.db, projectId, from ?? 0);
  if (settled === 'unsettled' && after === undefined)
    throw slipwayError(
      'unavailable',
      'Events are being written, and where they begin cannot be told yet; ask again.',
      { retryAfter: 1 },
    );
  if (typeof settled !== 'number') return { data: [], nextCursor: after ?? '0' };
  const rows = await ctx.db
    .select()
    .from(event)
    .where(
      and(
        eq(event.ownerId, projectId),
        lte(event.sequence, settled),
        // What happens to live files is nothing that a test key sees.
        isTestActor(ctx.actor) ? sql`${event.data}->'file'->>'test' = 'true'` : undefined,
        from === null ? undefined : gt(event.sequence, from),
      ),
    )
    .orderBy(from === null ? desc(event.sequence) : asc(event.sequence))
    .limit(limit);
  if (from === null) rows.reverse();
  return {
    data: rows.map((row) => ({ id: row.id, ...JSON.parse(payloadOf(row)) })),
    nextCursor: String(rows.at(-1)?.sequence ?? from ?? 0),
  };
}

/**
 * A sequence up to which nothing can come any more: one that is there, after everybody who wrote
 * events when it was seen has ended. Numbers are given out under the table's lock, so that whoever has
 * a lower one held it by then. Null when there is nothing after `from`; unsettled while a writer takes long.
 */
async function settledSequence(
  db: Db,
  projectId: string,
  from: number,
): Promise<number | 'unsettled' | null> {
  const [seen] = await db
    .select({ sequence: max(event.sequence) })
    .from(event)
    .where(eq(event.ownerId, projectId));
  const newest = seen?.sequence ?? null;
  if (newest === null || newest <= from) return null;
  const waitedFor = new Set(await writers(db));
  for (let waited = 0; waitedFor.size > 0; waited += WAIT_MS) {
    if (waited >= LONGEST_WAIT_MS) return 'unsettled';
    await sleep(WAIT_MS);
    const still = new Set(await writers(db));
    for (const writer of waitedFor) if (!still.has(writer)) waitedFor.delete(writer);
  }
  return newest;
}

/** Transactions that write to the table at this moment. */
async function writers(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ writer: string }>(sql`
    select distinct virtualtransaction as writer from pg_locks
    where locktype = 'relation' and mode = 'RowExclusiveLock' and granted
      and relation = 'event'::regclass
      and database = (select oid from pg_database where datname = current_database())`);
  return rows.map(({ writer }) => writer);
}
