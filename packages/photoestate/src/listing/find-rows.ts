import { user } from '@repo/foundation/auth';
import type { Db } from '@repo/foundation/db';
import { member } from '@repo/foundation/organization';
import { and, eq, ilike, inArray, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { decodePlace, encodePlace, type ListingPlace } from './cursor.ts';
import type { ListingSort, ListListings } from './schema.ts';
import {
  addressOrder,
  isArchived,
  isLive,
  type ListingRow,
  listing,
  searched,
  shootDay,
} from './table.ts';

type Query = z.output<typeof ListListings>;

/** More words than this narrow nothing any more. */
const MOST_WORDS = 6;
/** As an index has it where there is no day. */
const NO_DAY = '0001-01-01';

const ORDERS: Readonly<Record<ListingSort, { by: SQL; type: SQL; descending: boolean }>> = {
  created: { by: sql`created_at`, type: sql`timestamptz`, descending: true },
  changed: { by: sql`updated_at`, type: sql`timestamptz`, descending: true },
  shoot: { by: shootDay, type: sql`date`, descending: true },
  address: { by: addressOrder, type: sql`text`, descending: false },
};

/** One page in its order, and one listing more where there are more. */
export async function findRows(
  db: Db,
  organizationIds: readonly string[],
  query: Query,
): Promise<ListingRow[]> {
  if (organizationIds.length === 0) return [];
  const { rows: found } = await db.execute<{ id: string }>(await idsOf(db, organizationIds, query));
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await db.select().from(listing).where(inArray(listing.id, ids));
  const places = new Map(ids.map((id, index) => [id, index]));
  return rows.sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
}

/** Where each organization's listings are in an index in their order, they are not put in order again. */
export async function idsOf(
  db: Db,
  organizationIds: readonly string[],
  query: Query,
): Promise<SQL> {
  const { by, descending } = ORDERS[query.sort];
  const direction = descending ? sql`desc` : sql`asc`;
  const wanted = sql.join(
    [...filters(query), ...(await words(db, organizationIds, query))].map(
      (part) => sql` and ${part}`,
    ),
    sql``,
  );
  const most = query.limit + 1;
  const parts = organizationIds.map(
    (id) => sql`(select id, ${by} as place from listing
      where organization_id = ${id} and ${query.status === 'archived' ? isArchived : isLive}${wanted}
      order by ${by} ${direction}, id ${direction} limit ${most})`,
  );
  return sql`select id from (${sql.join(parts, sql` union all `)}) as found
    order by place ${direction}, id ${direction} limit ${most}`;
}

function filters(query: Query): SQL[] {
  const { status, agentId, tag, shotFrom, shotTo, cursor, sort } = query;
  const all: (SQL | false)[] = [
    status !== undefined && status !== 'archived' && sql`status = ${status}`,
    agentId !== undefined && sql`agent_id = ${agentId}`,
    tag !== undefined && sql`tags @> array[${tag}]::text[]`,
    shotFrom !== undefined && sql`${shootDay} >= ${shotFrom}::date`,
    shotTo !== undefined && sql`${shootDay} <= ${shotTo}::date and shoot_date is not null`,
    cursor !== undefined && behind(decodePlace(cursor, sort)),
  ];
  return all.filter((part) => part !== false);
}

function behind({ sort, value, id }: ListingPlace): SQL {
  const { by, type, descending } = ORDERS[sort];
  const place = sort === 'address' ? sql`lower(${value}::text)` : sql`${value}::${type}`;
  return sql`(${by}, id) ${descending ? sql`<` : sql`>`} (${place}, ${id})`;
}

/** Each word of the search is part of the address, the MLS id or a tag, or of the name of the agent. */
async function words(db: Db, organizationIds: readonly string[], { q }: Query): Promise<SQL[]> {
  const all = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  return Promise.all(
    all.map(async (word) => {
      const part = `%${escapeLike(word)}%`;
      const agents = await db
        .select({ id: user.id })
        .from(member)
        .innerJoin(user, eq(user.id, member.userId))
        .where(and(inArray(member.organizationId, [...organizationIds]), ilike(user.name, part)));
      const text = sql`${searched} like ${part}`;
      if (agents.length === 0) return text;
      const ids = sql.join(
        agents.map(({ id }) => sql`${id}`),
        sql`, `,
      );
      return sql`(${text} or agent_id in (${ids}))`;
    }),
  );
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}

/** Where the next page begins. */
export function placeAfter(row: ListingRow, sort: ListingSort): string {
  const values: Record<ListingSort, string> = {
    created: row.createdAt.toISOString(),
    changed: row.updatedAt.toISOString(),
    shoot: row.shootDate ?? NO_DAY,
    address: row.address,
  };
  return encodePlace({ sort, value: values[sort], id: row.id });
}
