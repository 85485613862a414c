import { recordAudit } from '@repo/foundation/audit';
import { actorId } from '@repo/foundation/context';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { requireProject } from '../project/internal.ts';
import type { Project } from '../project/table.ts';
import { recordUsage } from '../usage/record.ts';
import { getFileInProject } from './internal.ts';
import { eraseFileJob } from './jobs.ts';
import { type FileRow, file, fileTransition, isNotHolding } from './table.ts';

/** Deletes a file for good that is in the trash, and its older versions there. Nothing happens when it is not there (any more). */
export async function purgeFile(
  ctx: SlipwayContext,
  call: { projectId: string; fileId: string },
): Promise<void> {
  const project = await requireProject(ctx, call.projectId, 'file.delete');
  const row = await getFileInProject(ctx, { projectId: project.id, id: call.fileId });
  await purgeVersions(ctx, { row, project });
}

/** Of the newest version all that it replaced: whoever deletes a file for good means all of it. */
export async function purgeVersions(
  ctx: SlipwayContext,
  { row, project }: { row: FileRow; project: Project },
): Promise<void> {
  for (const fileId of [row.id, ...(await replacedBy(ctx, row))]) {
    await purge(ctx, { fileId, project, reason: 'purged' });
  }
}

/** Those that went before it, however far back; another file that has the customId now has versions of its own. */
async function replacedBy(ctx: SlipwayContext, row: FileRow): Promise<string[]> {
  if (row.customId === null || row.replacedBy !== null) return [];
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    with recursive older as (
      select ${row.id}::text as id
      union
      select f.id from ${file} f join older on f.replaced_by = older.id
      where f.project_id = ${row.projectId} and f.custom_id = ${row.customId} and ${isNotHolding()}
    )
    select id from older where id <> ${row.id} order by id`);
  return rows.map(({ id }) => id);
}

/** Its bytes stop counting, and are erased by a job. Whoever restores it in this moment is first or too late. */
export async function purge(
  ctx: SlipwayContext,
  input: { fileId: string; project: Project; reason: 'purged' | 'trash_over' },
): Promise<boolean> {
  const { fileId, project, reason } = input;
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .update(file)
      .set({ trashedUntil: null })
      .where(and(eq(file.id, fileId), eq(file.status, 'deleted'), isNotNull(file.trashedUntil)))
      .returning();
    if (row === undefined) return false;
    const at = ctx.now();
    await recordUsage(tx, { file: row, sign: -1, at, isUpload: false });
    await tx.insert(fileTransition).values({
      fileId,
      from: 'deleted',
      to: 'deleted',
      reason,
      actorType: ctx.actor.type,
      actorId: actorId(ctx.actor),
      at,
    });
    await recordAudit(tx, ctx, {
      organizationId: project.organizationId,
      action: 'file.purged',
      entityId: fileId,
      data: { projectId: project.id, name: row.name, size: row.size, reason },
    });
    await ctx.queue.enqueue(tx, eraseFileJob, { payload: { fileId } });
    return true;
  });
}
