import type { Db, Tx } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import type { Month } from './month.ts';

export interface OrganizationUsage {
  projects: number;
  /** What its projects store. */
  files: number;
  bytes: number;
  /** What is on its way. */
  reservedFiles: number;
  reservedBytes: number;
  /** What got ready in the month, also in projects that are gone. */
  monthlyUploads: number;
  monthlyBytes: number;
}

/**
 * Exact at this moment: one statement, so one view of the totals, of the ledger's newer entries, and of
 * uploads that are not finished.
 */
export async function organizationUsage(
  db: Db | Tx,
  { organizationId, month }: { organizationId: string; month: Month },
): Promise<OrganizationUsage> {
  const from = sql`${month.from.toISOString()}::timestamptz`;
  const to = sql`${month.to.toISOString()}::timestamptz`;
  const { rows } = await db.execute<Record<keyof OrganizationUsage, string>>(sql`
    with mine as (
      select id, deleted_at is null as alive from project where organization_id = ${organizationId}
    ), fresh as (
      select
        coalesce(sum(files) filter (where alive), 0) as files,
        coalesce(sum(bytes) filter (where alive), 0) as bytes,
        coalesce(sum(uploads) filter (where created_at >= ${from} and created_at < ${to}), 0) as uploads,
        coalesce(sum(bytes) filter (where uploads = 1 and created_at >= ${from} and created_at < ${to}), 0)
          as uploaded_bytes
      from usage_entry join mine on mine.id = project_id where counted_at is null
    ), total as (
      select coalesce(sum(files), 0) as files, coalesce(sum(bytes), 0) as bytes
      from project_usage join mine on mine.id = project_id where alive
    ), monthly as (
      select coalesce(sum(uploads), 0) as uploads, coalesce(sum(uploaded_bytes), 0) as bytes
      from usage_day where organization_id = ${organizationId}
        and day >= (${from} at time zone 'UTC')::date and day < (${to} at time zone 'UTC')::date
    ), open as (
      select count(*) filter (where upload_kind <> 'tus_partial') as files, coalesce(sum(size), 0) as bytes
      from file join mine on mine.id = project_id
      where alive and status in ('pending', 'verifying') and not is_test
    )
    select
      (select count(*) from mine where alive) as projects,
      total.files + fresh.files as files,
      total.bytes + fresh.bytes as bytes,
      open.files as "reservedFiles",
      open.bytes as "reservedBytes",
      monthly.uploads + fresh.uploads as "monthlyUploads",
      monthly.bytes + fresh.uploaded_bytes as "monthlyBytes"
    from fresh, total, monthly, open`);
  const [row] = rows;
  if (row === undefined) throw new Error('usage was not answered');
  return {
    projects: Number(row.projects),
    files: Number(row.files),
    bytes: Number(row.bytes),
    reservedFiles: Number(row.reservedFiles),
    reservedBytes: Number(row.reservedBytes),
    monthlyUploads: Number(row.monthlyUploads),
    monthlyBytes: Number(row.monthlyBytes),
  };
}
