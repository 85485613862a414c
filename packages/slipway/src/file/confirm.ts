import { recordAudit } from '@repo/foundation/audit';
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { requireProject } from '../project/internal.ts';
import { fileView, getFileInProject } from './internal.ts';
import type { FileView } from './schema.ts';
import { file } from './table.ts';

/**
 * Keeps a temporary file: what would have deleted it is taken away. Also before its bytes are there, and
 * any number of times.
 *
 * @throws `file_deleted` when it came too late.
 */
export async function confirmFile(
  ctx: SlipwayContext,
  call: { projectId: string; fileId: string },
): Promise<FileView> {
  const project = await requireProject(ctx, call.projectId, 'file.update');
  const row = await getFileInProject(ctx, { projectId: project.id, id: call.fileId });
  const confirmed = await ctx.db.transaction(async (tx) => {
    const [updated] = await tx
      .update(file)
      .set({ confirmBy: null })
      .where(
        and(
          eq(file.id, row.id),
          isNotNull(file.confirmBy),
          inArray(file.status, ['pending', 'verifying', 'ready']),
        ),
      )
      .returning();
    if (updated === undefined) return undefined;
    await recordAudit(tx, ctx, {
      organizationId: project.organizationId,
      action: 'file.confirmed',
      entityId: row.id,
      data: { projectId: project.id, name: row.name },
    });
    return updated;
  });
  const latest = confirmed ?? (await getFileInProject(ctx, { projectId: project.id, id: row.id }));
  if (latest.status === 'deleted')
    throw slipwayError('file_deleted', 'This file was deleted before it was confirmed.');
  return fileView(latest, { project, filesUrl: ctx.config.filesUrl });
}
