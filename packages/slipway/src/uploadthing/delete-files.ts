import { deleteFile } from '../file/delete.ts';
import { requireProject } from '../project/internal.ts';
import { findFiles } from './find-file.ts';
import { Names } from './rest-schema.ts';
import type { UploadthingCaller } from './verify-key.ts';

/** Those there are of these; the others were deleted before, or never were. */
export async function deleteUploadthingFiles({ ctx, project }: UploadthingCaller, input: unknown) {
  await requireProject(ctx, project.id, 'file.delete');
  const found = await findFiles(ctx, { projectId: project.id, names: Names.parse(input) });
  const live = found.filter(({ row }) => row.status !== 'deleted');
  for (const { row } of live) await deleteFile(ctx, { projectId: project.id, fileId: row.id });
  return { success: true, deletedCount: live.length };
}
