import type { SlipwayContext } from '../context.ts';
import { requireProject } from '../project/internal.ts';
import { fileView, getFileInProject } from './internal.ts';
import { eraseFileJob } from './jobs.ts';
import type { FileView } from './schema.ts';
import { transition } from './transition.ts';

/** The file stops being served with this commit; its bytes are erased by a job. Deleting again changes nothing. */
export async function deleteFile(
  ctx: SlipwayContext,
  call: { projectId: string; fileId: string },
): Promise<FileView> {
  const project = await requireProject(ctx, call.projectId, 'file.delete');
  const row = await getFileInProject(ctx, { projectId: project.id, id: call.fileId });
  const deleted = await ctx.db.transaction(async (tx) => {
    const updated = await transition(tx, ctx, {
      fileId: row.id,
      project,
      to: 'deleted',
      reason: { code: 'deleted' },
    });
    if (updated === undefined) return undefined;
    await ctx.queue.enqueue(tx, eraseFileJob, { payload: { fileId: row.id } });
    return updated;
  });
  return fileView(deleted ?? { ...row, status: 'deleted' }, {
    project,
    filesUrl: ctx.config.filesUrl,
  });
}
