import type { Db } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import type { UploaderUsage } from './usage-of-uploaders.ts';

/**
 * Those who hold most bytes, exact at this moment: one statement, so one view of the counted totals, of the
 * ledger's newer entries, and of uploads that are not finished. Whoever has any of the latter is summed up;
 * of all others an index has the largest.
 */
export async function largestUploaders(
  db: Db,
  { projectId, limit }: { projectId: string; limit: number },
): Promise<UploaderUsage[]> {
  const { rows } = await db.execute<Record<keyof UploaderUsage, string>>(sql`
    with fresh as (
      select uploader, sum(files) as files, sum(bytes) as bytes
      from usage_entry join file on file.id = file_id
      where usage_entry.project_id = ${projectId} and counted_at is null and uploader is not null
      group by uploader
    ), open as (
      select uploader, count(*) as files, sum(size) as bytes from file
      where project_id = ${projectId} and status in ('pending', 'verifying')
        and uploader is not null and not is_test
      group by uploader
    ), changing as (
      select uploader,
        coalesce(fresh.files, 0) as files, coalesce(fresh.bytes, 0) as bytes,
        coalesce(open.files, 0) as reserved_files, coalesce(open.bytes, 0) as reserved_bytes
      from fresh full join open using (uploader)
    ), largest as (
      select uploader, files, bytes from uploader_usage total
      where project_id = ${projectId} and files > 0
        and not exists (select from changing where changing.uploader = total.uploader)
      order by bytes desc, uploader limit ${limit}
    )
    select uploader, files, bytes, 0 as "reservedFiles", 0 as "reservedBytes" from largest
    union all
    select changing.uploader,
      coalesce(total.files, 0) + changing.files + reserved_files as files,
      coalesce(total.bytes, 0) + changing.bytes + reserved_bytes as bytes,
      reserved_files, reserved_bytes
    from changing left join uploader_usage total
      on total.project_id = ${projectId} and total.uploader = changing.uploader
    where coalesce(total.files, 0) + changing.files + reserved_files > 0
    order by bytes desc, uploader limit ${limit}`);
  return rows.map(({ uploader, files, bytes, reservedFiles, reservedBytes }) => ({
    uploader,
    files: Number(files),
    bytes: Number(bytes),
    reservedFiles: Number(reservedFiles),
    reservedBytes: Number(reservedBytes),
  }));
}
