import type { Db } from '@repo/foundation/db';
import { type SQL, sql } from 'drizzle-orm';
import type { UsageDay } from './schema.ts';

const DAY_MS = 86_400_000;
const DAYS = 30;

/** Uploads by day, those included that were not counted yet; a day without any is there, too. */
export async function usageByDay(
  db: Db,
  { of, now }: { of: { projectId: string } | { organizationId: string }; now: Date },
): Promise<UsageDay[]> {
  const today = Date.parse(now.toISOString().slice(0, 10));
  const dates = Array.from({ length: DAYS }, (_, index) =>
    new Date(today - (DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
  const from = dates[0] ?? '';
  const [counted, fresh]: [SQL, SQL] =
    'projectId' in of
      ? [sql`project_id = ${of.projectId}`, sql`project_id = ${of.projectId}`]
      : [
          sql`organization_id = ${of.organizationId}`,
          sql`project_id in (select id from project where organization_id = ${of.organizationId})`,
        ];
  const { rows } = await db.execute<{ date: string; uploads: string; bytes: string }>(sql`
    select day::text as date, sum(uploads) as uploads, sum(bytes) as bytes from (
      select day, uploads, uploaded_bytes as bytes from usage_day
        where ${counted} and day >= ${from}::date
      union all
      select (created_at at time zone 'UTC')::date, uploads, bytes from usage_entry
        where ${fresh} and counted_at is null and uploads = 1
          and created_at >= ${from}::date::timestamp at time zone 'UTC'
    ) entries group by day`);
  const byDate = new Map(rows.map((row) => [row.date, row]));
  return dates.map((date) => ({
    date,
    uploads: Number(byDate.get(date)?.uploads ?? 0),
    uploadedBytes: Number(byDate.get(date)?.bytes ?? 0),
  }));
}
