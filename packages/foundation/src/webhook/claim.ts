import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../db/index.ts';
import type { At } from './home.ts';
import { deliverJob } from './jobs.ts';

/** An attempt's time limit, and some more to write down what came of it. */
export const ATTEMPT_MS = 20_000;
const LEASE_MS = ATTEMPT_MS + 15_000;
/** To one endpoint, so that a slow one does not hold up the others; to one that fails, one at a time. */
const AT_ONCE = 4;
/** To endpoints that fail: of one owner, and of all together, so that healthy ones always find a free worker. */
const FAILING_AT_ONCE = { ofOwner: 2, ofAll: 5 };

/** Pending, its time has come, nobody sends it now, and no earlier event of its entity is pending there. */
const isDue = ({ delivery }: At['home']['tables'], now: Date) => sql`
  d.state = 'pending' and d.next_attempt_at <= ${now.toISOString()}::timestamptz
  and (d.leased_until is null or d.leased_until <= ${now.toISOString()}::timestamptz)
  and not exists (
    select 1 from ${delivery} e
    where e.endpoint_id = d.endpoint_id and e.entity_id = d.entity_id
      and e.state = 'pending' and e.sequence < d.sequence
  )`;

/** Makes it this run's to send; undefined when it is not its turn, or its endpoint is busy. */
export async function claim(
  { home, ctx }: At,
  deliveryId: string,
): Promise<{ leasedUntil: Date } | undefined> {
  const { delivery, endpoint } = home.tables;
  const now = ctx.now();
  const leasedUntil = new Date(now.getTime() + LEASE_MS);
  const owner = sql.identifier(endpoint.ownerId.name);
  const { rows } = await ctx.db.execute(sql`
    update ${delivery} d set leased_until = ${leasedUntil.toISOString()}::timestamptz
    from ${endpoint} w
    where d.id = ${deliveryId} and w.id = d.endpoint_id and w.disabled_reason is null
      and ${isDue(home.tables, now)}
      and (
        select count(*) from ${delivery} r
        where r.endpoint_id = d.endpoint_id and r.state = 'pending'
          and r.leased_until > ${now.toISOString()}::timestamptz
      ) < case when w.failing_since is null then ${AT_ONCE}::int else 1 end
      and (w.failing_since is null or (
        select count(*) < ${FAILING_AT_ONCE.ofAll}::int
          and count(*) filter (where o.${owner} = w.${owner}) < ${FAILING_AT_ONCE.ofOwner}::int
        from ${delivery} r join ${endpoint} o on o.id = r.endpoint_id
        where r.state = 'pending' and r.leased_until > ${now.toISOString()}::timestamptz
          and o.failing_since is not null
      ))
    returning d.id`);
  return rows.length === 0 ? undefined : { leasedUntil };
}

/** Sends for some of an endpoint's deliveries that are due; of all endpoints' when none is named. */
export async function wakeDue(
  tx: Tx | Db,
  { home, ctx }: At,
  { endpointId, most }: { endpointId?: string; most: number },
): Promise<number> {
  const { delivery, endpoint } = home.tables;
  const ofEndpoint = endpointId === undefined ? sql`true` : sql`d.endpoint_id = ${endpointId}`;
  const { rows } = await tx.execute<{ id: string }>(sql`
    select d.id from ${delivery} d join ${endpoint} w on w.id = d.endpoint_id
    where ${ofEndpoint} and w.disabled_reason is null and ${isDue(home.tables, ctx.now())}
    order by d.next_attempt_at, d.sequence limit ${most}`);
  for (const { id } of rows)
    await ctx.queue.enqueue(tx, deliverJob, { payload: { deliveryId: id } });
  return rows.length;
}
