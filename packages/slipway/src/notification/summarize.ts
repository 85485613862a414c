import { auditEntry } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { member } from '@repo/foundation/organization';
import { sql } from 'drizzle-orm';
import { file } from '../file/table.ts';
import { project } from '../project/table.ts';
import { uploadLog } from '../upload-log/table.ts';

export interface ProjectDay extends Record<string, unknown> {
  id: string;
  name: string;
  files: number;
  bytes: number;
  failed: number;
  deleted: number;
}

/** What happened in the projects of a user's organizations; those in which nothing did are left out. */
export async function summarize(
  tx: Tx,
  span: { userId: string; from: Date; to: Date },
): Promise<ProjectDay[]> {
  const from = sql`${span.from.toISOString()}::timestamptz`;
  const to = sql`${span.to.toISOString()}::timestamptz`;
  const { rows } = await tx.execute<ProjectDay>(sql`
    select p.id, p.name, added.files, added.bytes, gone.failed, ended.deleted
    from ${member} m
    join ${project} p on p.organization_id = m.organization_id and p.deleted_at is null
    cross join lateral (
      select count(*)::int as files, coalesce(sum(f.size), 0)::float8 as bytes from ${file} f
      where f.project_id = p.id and f.created_at >= ${from} and f.created_at < ${to}
        and f.ready_at is not null and f.upload_kind <> 'tus_partial') added
    cross join lateral (
      select coalesce(sum(l.repeats), 0)::float8 as failed from ${uploadLog} l
      where l.project_id = p.id and l.created_at >= ${from} and l.created_at < ${to}) gone
    cross join lateral (
      select count(*)::int as deleted from ${auditEntry} a
      where a.organization_id = p.organization_id and a.action = 'file.deleted'
        and a.data ->> 'projectId' = p.id
        and a.created_at >= ${from} and a.created_at < ${to}) ended
    where m.user_id = ${span.userId}
      and added.files + gone.failed + ended.deleted > 0
    order by added.files + gone.failed + ended.deleted desc, p.name, p.id`);
  return rows;
}
