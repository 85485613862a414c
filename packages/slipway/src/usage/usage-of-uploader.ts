import type { Db } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import type { UploaderUsage } from './usage-of-uploaders.ts';

/**
 * What one end-user holds, exact at this moment: one statement, so one view of the counted total, of the
 * ledger's newer entries, and of uploads that are not finished.
 */
export async function usageOfUploader(
  db: Db,
  { projectId, uploader }: { projectId: string; uploader: string },
): Promise<UploaderUsage> {
  const { rows } = await db.execute<Record<Exclude<keyof UploaderUsage, 'uploader'>, string>>(sql`
    with total as (
      select files, bytes from uploader_usage where project_id = ${projectId} and uploader = ${uploader}
      union all
      select usage_entry.files, usage_entry.bytes from usage_entry join file on file.id = file_id
      where usage_entry.project_id = ${projectId} and counted_at is null and file.uploader = ${uploader}
    ), held as (
      select coalesce(sum(files), 0) as files, coalesce(sum(bytes), 0) as bytes from total
    ), open as (
      select count(*) as files, coalesce(sum(size), 0) as bytes from file
      where project_id = ${projectId} and status in ('pending', 'verifying')
        and uploader = ${uploader} and not is_test
    )
    select held.files + open.files as files, held.bytes + open.bytes as bytes,
      open.files as "reservedFiles", open.bytes as "reservedBytes"
    from held, open`);
  const [row] = rows;
  if (row === undefined) throw new Error('usage was not answered');
  return {
    uploader,
    files: Number(row.files),
    bytes: Number(row.bytes),
    reservedFiles: Number(row.reservedFiles),
    reservedBytes: Number(row.reservedBytes),
  };
}
