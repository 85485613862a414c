import { recordAudit } from '@repo/foundation/audit';
import { actorId } from '@repo/foundation/context';
import { and, eq, isNotNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { requireProject } from '../project/internal.ts';
import type { Project } from '../project/table.ts';
import { recordUsage } from '../usage/record.ts';
import { getFileInProject } from './internal.ts';
import { eraseFileJob } from './jobs.ts';
import { file, fileTransition } from './table.ts';

/** Deletes a file for good that is in the trash. Nothing happens when it is not there (any more). */
export async function purgeFile(
  ctx: SlipwayContext,
  call: { projectId: string; fileId: string },
): Promise<void> {
  const project = await requireProject(ctx, call.projectId, 'file.delete');
  const { id } = await getFileInProject(ctx, { projectId: project.id, id: call.fileId });
  await purge(ctx, { fileId: id, project, reason: 'purged' });
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
