import { sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';

/**
 * Handler of `usage.count`: adds the ledger's new entries to their projects' totals. One statement, so
 * an entry is in the total or among the new ones, never in both.
 */
export async function countUsage(ctx: SlipwayContext): Promise<void> {
  await ctx.db.execute(sql`
    with counted as (
      update usage_entry set counted_at = ${ctx.now().toISOString()}::timestamptz
      where id in (
        select id from usage_entry where counted_at is null order by project_id, id
        limit 100000 for update skip locked
      )
      returning project_id, files, bytes
    )
    insert into project_usage (project_id, files, bytes)
    select project_id, sum(files), sum(bytes) from counted group by project_id order by project_id
    on conflict (project_id) do update
      set files = project_usage.files + excluded.files, bytes = project_usage.bytes + excluded.bytes`);
}
