import { sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { forgetOldCeilings } from './ceiling.ts';

/**
 * Handler of `usage.count`: adds the ledger's new entries to the totals of their projects and uploaders, and to their days. One
 * statement, so an entry is in the totals or among the new ones, never in both.
 */
export async function countUsage(ctx: Pick<SlipwayContext, 'db' | 'now'>): Promise<void> {
  await ctx.db.execute(sql`
    with counted as (
      update usage_entry set counted_at = ${ctx.now().toISOString()}::timestamptz
      where id in (
        select id from usage_entry where counted_at is null order by project_id, id
        limit 100000 for update skip locked
      )
      returning project_id, file_id, files, bytes, uploads, (created_at at time zone 'UTC')::date as day
    ), by_day as (
      insert into usage_day (project_id, day, organization_id, uploads, uploaded_bytes, files, bytes)
      select project_id, day, organization_id, sum(uploads),
        coalesce(sum(bytes) filter (where uploads = 1), 0), sum(files), sum(bytes)
      from counted join project on project.id = project_id
      group by project_id, day, organization_id order by project_id, day
      on conflict (project_id, day) do update set
        uploads = usage_day.uploads + excluded.uploads,
        uploaded_bytes = usage_day.uploaded_bytes + excluded.uploaded_bytes,
        files = usage_day.files + excluded.files,
        bytes = usage_day.bytes + excluded.bytes
    ), by_uploader as (
      insert into uploader_usage (project_id, uploader, files, bytes)
      select counted.project_id, uploader, sum(files), sum(bytes)
      from counted join file on file.id = file_id where uploader is not null
      group by counted.project_id, uploader order by counted.project_id, uploader
      on conflict (project_id, uploader) do update set
        files = uploader_usage.files + excluded.files, bytes = uploader_usage.bytes + excluded.bytes
    )
    insert into project_usage (project_id, files, bytes)
    select project_id, sum(files), sum(bytes) from counted group by project_id order by project_id
    on conflict (project_id) do update
      set files = project_usage.files + excluded.files, bytes = project_usage.bytes + excluded.bytes`);
  await forgetOldCeilings(ctx.db);
}
