import { auditEntry } from '@repo/foundation/audit';
import { user } from '@repo/foundation/auth';
import { and, desc, eq, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { delivery } from '../gallery/table.ts';
import { cursorMismatch } from './cursor.ts';
import { requireListing } from './internal.ts';
import { type Activity, type ActivityPage, ListActivity } from './schema.ts';

/** Steps on the way of a photo that nobody would tell. */
const UNTOLD = ['photo.ready', 'listing.regrouped'];
/** A shoot is hundreds of entries, and one thing that happened. */
const MOST_ENTRIES = 1_000;
const MOST_ITEMS = 50;
/** The same by the same person within this time is told once. */
const TOGETHER_MS = 15 * 60_000;

/** What happened on a listing, latest first: who did what, and when. */
export async function listActivity(ctx: Context, input: ListActivity): Promise<ActivityPage> {
  const { listingId, cursor } = ListActivity.parse(input);
  const { organizationId } = await requireListing(ctx, listingId, 'listing.read');
  const deliveries = await ctx.db
    .select({ id: delivery.id })
    .from(delivery)
    .where(eq(delivery.listingId, listingId));
  const about = sql.join(
    [listingId, ...deliveries.map(({ id }) => id)].map((id) => sql`${id}`),
    sql`, `,
  );
  const entries = await ctx.db
    .select({ entry: auditEntry, name: user.name })
    .from(auditEntry)
    .leftJoin(user, and(eq(auditEntry.actorType, 'user'), eq(user.id, auditEntry.actorId)))
    .where(
      and(
        // In the words of the index of the migration `fields-of-a-listing`.
        sql`coalesce(${auditEntry.data}->>'listingId', ${auditEntry.entityId}) in (${about})`,
        eq(auditEntry.organizationId, organizationId),
        notInArray(auditEntry.action, UNTOLD),
        before(cursor),
      ),
    )
    .orderBy(desc(auditEntry.createdAt), desc(auditEntry.id))
    .limit(MOST_ENTRIES + 1);
  const items: Activity[] = [];
  for (const { entry, name } of entries.slice(0, MOST_ENTRIES)) {
    const last = items.at(-1);
    const who = name ?? nameOf(entry.actorType);
    if (last !== undefined && goesWith(last, { action: entry.action, who, at: entry.createdAt })) {
      last.count += 1;
      last.since = entry.createdAt;
      last.id = entry.id;
      continue;
    }
    if (items.length === MOST_ITEMS) return { items, nextCursor: cursorAfter(last) };
    items.push({
      id: entry.id,
      action: entry.action,
      who,
      count: 1,
      since: entry.createdAt,
      at: entry.createdAt,
      data: entry.data,
    });
  }
  return { items, nextCursor: entries.length > MOST_ENTRIES ? cursorAfter(items.at(-1)) : null };
}

/** Who looks at a delivery has no account, and whoever had one did it still. */
const NAMES: Readonly<Record<string, string>> = {
  user: 'Somebody who left',
  anonymous: 'The client',
  api_key: 'An API key',
};
const nameOf = (actorType: string): string | null => NAMES[actorType] ?? null;

function goesWith(last: Activity, next: { action: string; who: string | null; at: Date }) {
  return (
    last.action === next.action &&
    last.who === next.who &&
    last.since.getTime() - next.at.getTime() < TOGETHER_MS
  );
}

/** Items carry the id of their earliest entry. */
function cursorAfter(last: Activity | undefined): string | null {
  return last === undefined ? null : `${last.since.getTime()}.${last.id}`;
}

function before(cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined;
  const [, ms, id] = /^(\d{1,14})\.(aud_\w+)$/.exec(cursor) ?? [];
  if (id === undefined) throw cursorMismatch();
  const at = new Date(Number(ms)).toISOString();
  return sql`(${auditEntry.createdAt}, ${auditEntry.id}) < (${at}::timestamptz, ${id})`;
}
