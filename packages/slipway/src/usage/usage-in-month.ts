import type { Db } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import type { Month } from './month.ts';

/** What one project uploaded in a month: one statement, so one view of counted and newer entries. */
export async function usageInMonth(
  db: Db,
  { projectId, month }: { projectId: string; month: Month },
): Promise<{ monthlyUploads: number; monthlyBytes: number }> {
  const from = sql`${month.from.toISOString()}::timestamptz`;
  const to = sql`${month.to.toISOString()}::timestamptz`;
  const { rows } = await db.execute<{ uploads: string; bytes: string }>(sql`
    select coalesce(sum(uploads), 0) as uploads, coalesce(sum(bytes), 0) as bytes from (
      select uploads, uploaded_bytes as bytes from usage_day where project_id = ${projectId}
        and day >= (${from} at time zone 'UTC')::date and day < (${to} at time zone 'UTC')::date
      union all
      select uploads, bytes from usage_entry where project_id = ${projectId}
        and counted_at is null and uploads = 1 and created_at >= ${from} and created_at < ${to}
    ) entries`);
  return { monthlyUploads: Number(rows[0]?.uploads), monthlyBytes: Number(rows[0]?.bytes) };
}
