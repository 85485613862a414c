import { anyId } from '@repo/foundation/text';
import { and, eq } from 'drizzle-orm';
import { uploadCallback } from '../callback/table.ts';
import { slipwayError } from '../errors.ts';
import { requireProject } from '../project/internal.ts';
import { fileAddress } from './addresses.ts';
import { findFiles, keyOf } from './find-file.ts';
import { uploadthingRoute } from './table.ts';
import type { UploadthingCaller } from './verify-key.ts';

const OVER: readonly string[] = ['rejected', 'failed', 'expired'];

/** Whether an upload is done; with what is known of its file, and what the app’s server answered. */
export async function pollUpload({ ctx, project }: UploadthingCaller, fileKey: string) {
  await requireProject(ctx, project.id, 'file.read');
  const names = { fileKeys: [anyId.parse(fileKey)], customIds: [] };
  const [found] = await findFiles(ctx, { projectId: project.id, names });
  if (found === undefined || found.row.status === 'deleted')
    throw slipwayError('not_found', `There is no upload "${fileKey}".`);
  const { row } = found;
  if (OVER.includes(row.status)) return { status: 'failed', error: row.failure?.message ?? null };
  if (row.status !== 'ready') return { status: 'still working' };
  const key = keyOf(found);
  const [route = null] = await ctx.db
    .select()
    .from(uploadthingRoute)
    .where(and(eq(uploadthingRoute.projectId, project.id), eq(uploadthingRoute.fileKey, key)));
  const [told = null] = await ctx.db
    .select({ result: uploadCallback.result })
    .from(uploadCallback)
    .where(eq(uploadCallback.fileId, row.id));
  const file = {
    fileKey: key,
    fileName: row.name,
    fileSize: row.size,
    fileType: row.type,
    fileUrl: fileAddress(ctx, project.id, key),
    customId: row.customId,
    metadata: route === null ? null : JSON.stringify(route.metadata),
    ...(route !== null && { callbackUrl: route.callbackUrl, callbackSlug: route.slug }),
  };
  return {
    status: 'done',
    // By both names that clients of version 6 know it by.
    file,
    fileData: file,
    metadata: route?.metadata ?? null,
    callbackData: told?.result ? JSON.parse(told.result) : null,
  };
}
