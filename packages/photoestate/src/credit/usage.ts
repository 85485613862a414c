import { requireOrganization } from '@repo/foundation/organization';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { CreditUsageOf } from './schema.ts';

export interface CreditUsage {
  total: number;
  members: { id: string; name: string; credits: number }[];
  /** The address is null where the listing is gone. */
  listings: { id: string; address: string | null; credits: number }[];
  /** Every day (UTC), the latest last. */
  days: { date: string; credits: number }[];
}

type Row<T> = T & Record<string, unknown>;

/** What was paid, less what was given back for rejected results: by member, listing and day. */
export async function getCreditUsage(ctx: Context, input: CreditUsageOf): Promise<CreditUsage> {
  const { organizationId, days } = CreditUsageOf.parse(input);
  await requireOrganization(ctx, organizationId, 'credit.read');
  const today = ctx.now().toISOString().slice(0, 10);
  const spent = sql`spent as (
    select user_id, listing_id, (created_at at time zone 'UTC')::date as day,
      case kind when 'settle' then -reserved else -credits end as n
    from credit_entry
    where organization_id = ${organizationId}
      and (kind = 'settle' or (kind = 'release' and reserved = 0))
      and created_at >= (${today}::date - ${days - 1}::int)::timestamp at time zone 'UTC'
  )`;
  const { rows: byDay } = await ctx.db.execute<Row<CreditUsage['days'][number]>>(sql`with ${spent}
    select to_char(d, 'YYYY-MM-DD') as date, coalesce(sum(n), 0)::int as credits
    from generate_series(${today}::date - ${days - 1}::int, ${today}::date, interval '1 day') d
    left join spent on spent.day = d::date group by d order by d`);
  const { rows: members } = await ctx.db.execute<
    Row<CreditUsage['members'][number]>
  >(sql`with ${spent}
    select user_id as id, coalesce(max(u.name), 'A former member') as name, sum(n)::int as credits
    from spent left join "user" u on u.id = user_id
    group by user_id order by credits desc, id limit 100`);
  const { rows: listings } = await ctx.db.execute<
    Row<CreditUsage['listings'][number]>
  >(sql`with ${spent}
    select listing_id as id, max(l.address) as address, sum(n)::int as credits
    from spent left join listing l on l.id = listing_id and l.deleted_at is null
    where listing_id is not null group by listing_id order by credits desc, id limit 100`);
  const total = byDay.reduce((sum, { credits }) => sum + credits, 0);
  return { total, members, listings, days: byDay };
}
