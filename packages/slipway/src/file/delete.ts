import { recordAudit } from '@repo/foundation/audit';
import { and, eq, ne } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { requireProject } from '../project/internal.ts';
import { fileView, getFileInProject } from './internal.ts';
import { eraseFileJob } from './jobs.ts';
import type { FileView } from './schema.ts';
import { file } from './table.ts';

/** The file stops being served with this commit; its bytes are erased by a job. Deleting again changes nothing. */
export async function deleteFile(
  ctx: SlipwayContext,
  call: { projectId: string; fileId: string },
): Promise<FileView> {
  const project = await requireProject(ctx, call.projectId);
  const row = await getFileInProject(ctx, { projectId: project.id, id: call.fileId });
  const deleted = await ctx.db.transaction(async (tx) => {
    const [updated] = await tx
      .update(file)
      .set({ status: 'deleted', endedAt: ctx.now() })
      .where(and(eq(file.id, row.id), ne(file.status, 'deleted')))
      .returning();
    if (updated === undefined) return undefined;
    await recordAudit(tx, ctx, {
      organizationId: project.organizationId,
      action: 'file.deleted',
      entityId: row.id,
      data: { projectId: project.id, name: row.name },
    });
    await ctx.queue.enqueue(tx, eraseFileJob, { payload: { fileId: row.id } });
    return updated;
  });
  return fileView(deleted ?? { ...row, status: 'deleted' }, {
    project,
    publicUrl: ctx.config.publicUrl,
  });
}
