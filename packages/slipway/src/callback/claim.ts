import { and, eq, gt, lt } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { fileView, getFileInProject } from '../file/internal.ts';
import type { FileView } from '../file/schema.ts';
import { requireProject } from '../project/internal.ts';
import { ClaimCallback } from './schema.ts';
import { uploadCallback } from './table.ts';

/**
 * Takes a message before acting on it, and tells the file as it is now. Each attempt's message is taken
 * once, by one process, while we wait for its answer: one that comes again is nobody's.
 *
 * @throws `conflict` for any other message.
 */
export async function claimCallback(
  ctx: SlipwayContext,
  call: { projectId: string; fileId: string; claim: ClaimCallback },
): Promise<FileView> {
  const project = await requireProject(ctx, call.projectId, 'file.upload');
  const { attempt } = ClaimCallback.parse(call.claim);
  const row = await getFileInProject(ctx, { projectId: project.id, id: call.fileId });
  if (row.status !== 'ready') throw slipwayError('file_deleted', `The file is ${row.status}.`);
  const taken = await ctx.db
    .update(uploadCallback)
    .set({ claimed: attempt })
    .where(
      and(
        eq(uploadCallback.fileId, row.id),
        eq(uploadCallback.state, 'pending'),
        eq(uploadCallback.attempts, attempt),
        lt(uploadCallback.claimed, attempt),
        gt(uploadCallback.busyUntil, ctx.now()),
      ),
    )
    .returning({ fileId: uploadCallback.fileId });
  if (taken.length === 0) {
    throw slipwayError('conflict', `Attempt ${attempt} was taken before, or is over.`);
  }
  return fileView(row, { project, filesUrl: ctx.config.filesUrl });
}
