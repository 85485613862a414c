import type { Db, Tx } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';

export interface Usage {
  /** What is stored. */
  files: number;
  bytes: number;
  /** What is on its way. */
  reservedFiles: number;
  reservedBytes: number;
}

/**
 * What a project stores and has reserved, exact at this moment: one statement, so one view of the
 * counted total, of the ledger's newer entries, and of uploads that are not finished.
 */
export async function usageOf(db: Db | Tx, projectId: string): Promise<Usage> {
  const { rows } = await db.execute<Record<keyof Usage, string>>(sql`
    select
      coalesce((select files from project_usage where project_id = ${projectId}), 0) + entries.files as files,
      coalesce((select bytes from project_usage where project_id = ${projectId}), 0) + entries.bytes as bytes,
      open.files as "reservedFiles",
      open.bytes as "reservedBytes"
    from
      (select coalesce(sum(files), 0) as files, coalesce(sum(bytes), 0) as bytes
         from usage_entry where project_id = ${projectId} and counted_at is null) entries,
      (select count(*) filter (where upload_kind <> 'tus_partial') as files, coalesce(sum(size), 0) as bytes
         from file where project_id = ${projectId} and status in ('pending', 'verifying') and not is_test) open`);
  const [row] = rows;
  if (row === undefined) throw new Error('usage was not answered');
  return {
    files: Number(row.files),
    bytes: Number(row.bytes),
    reservedFiles: Number(row.reservedFiles),
    reservedBytes: Number(row.reservedBytes),
  };
}
