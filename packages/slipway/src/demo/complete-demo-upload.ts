import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { completeUpload } from '../file/complete-upload.ts';
import { getFileInProject } from '../file/internal.ts';
import type { FileView } from '../file/schema.ts';
import { requireProject } from '../project/internal.ts';
import { CompleteDemoUpload, DEMO_ROUTE } from './schema.ts';

/** Settles a visitor’s upload. What is told of it has no address: the file is private, and its URL is never signed here. */
export async function completeDemoUpload(
  ctx: SlipwayContext,
  call: { projectId: string; upload: CompleteDemoUpload },
): Promise<FileView> {
  const project = await requireProject(ctx, call.projectId, 'file.upload');
  const { id } = CompleteDemoUpload.parse(call.upload);
  const row = await getFileInProject(ctx, { projectId: project.id, id });
  // Others of the project are nobody's business here.
  if (row.route !== DEMO_ROUTE) throw slipwayError('not_found', `There is no upload ${id}.`);
  return completeUpload(ctx, { projectId: project.id, upload: { id } });
}
