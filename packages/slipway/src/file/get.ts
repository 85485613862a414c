import type { SlipwayContext } from '../context.ts';
import { requireProject } from '../project/internal.ts';
import { fileView, getFileInProject } from './internal.ts';
import type { FileView } from './schema.ts';

export async function getFile(
  ctx: SlipwayContext,
  call: { projectId: string; fileId: string },
): Promise<FileView> {
  const project = await requireProject(ctx, call.projectId, 'file.read');
  const row = await getFileInProject(ctx, { projectId: project.id, id: call.fileId });
  return fileView(row, { project, filesUrl: ctx.config.filesUrl });
}
