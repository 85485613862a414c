import { recordAudit } from '@repo/foundation/audit';
import { isUniqueViolation } from '@repo/foundation/errors';
import { newId } from '@repo/foundation/ids';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../../context.ts';
import { slipwayError } from '../../errors.ts';
import { file } from '../../file/table.ts';
import { lockProject, requireProjectAsUser } from '../../project/internal.ts';
import { project } from '../../project/table.ts';
import { getConnectionInProject } from '../internal.ts';
import { moveFilesJob } from '../jobs.ts';
import { type MoveView, ToStorage } from '../schema.ts';
import { storageMove } from '../table.ts';
import { samePlace } from './move-files.ts';
import { moveView } from './move-view.ts';
import { countToMove } from './pending-files.ts';
import { isSamePlace } from './same-place.ts';

/**
 * Brings all files of a project to one storage, while they are served, deleted and uploaded as ever.
 * New uploads go there from this moment; those that are on their way follow when they have ended.
 *
 * @throws `conflict` when a move is running, or the target is where files are already, under another
 * name; `storage_unavailable`.
 */
export async function startMove(ctx: SlipwayContext, input: ToStorage): Promise<MoveView> {
  const { projectId, storageId: toId } = ToStorage.parse(input);
  await requireProjectAsUser(ctx, projectId, 'project.manage');
  if (toId !== null) await getConnectionInProject(ctx.db, { projectId, storageId: toId });
  await requireOtherPlace(ctx, { projectId, toId });
  try {
    const move = await ctx.db.transaction(async (tx) => {
      const { organizationId, storageId: before } = await lockProject(tx, projectId);
      // It may have been disconnected before we had the project to ourselves.
      if (toId !== null) await getConnectionInProject(tx, { projectId, storageId: toId });
      const { files, bytes } = await countToMove(tx, { projectId, toId });
      await tx.update(project).set({ storageId: toId }).where(eq(project.id, projectId));
      const [row] = await tx
        .insert(storageMove)
        .values({
          id: newId('mov'),
          projectId,
          toId,
          status: 'running',
          totalFiles: files,
          totalBytes: bytes,
          createdAt: ctx.now(),
        })
        .returning();
      if (row === undefined) throw new Error('the new move was not returned');
      await recordAudit(tx, ctx, {
        organizationId,
        action: 'storage_move.started',
        entityId: row.id,
        data: { projectId, fromId: before, toId, files, bytes },
      });
      await ctx.queue.enqueue(tx, moveFilesJob, { payload: { moveId: row.id } });
      return row;
    });
    return await moveView(ctx.db, move);
  } catch (error) {
    if (!isUniqueViolation(error, 'storage_move_running')) throw error;
    throw slipwayError('conflict', 'A move of this project’s files is running; cancel it first.', {
      cause: error,
    });
  }
}

/** Also shows that the target can be used, before anything is sent there. */
async function requireOtherPlace(
  ctx: SlipwayContext,
  { projectId, toId }: { projectId: string; toId: string | null },
): Promise<void> {
  const sources = await ctx.db
    .selectDistinct({ id: file.storageId })
    .from(file)
    .where(eq(file.projectId, projectId));
  const to = await ctx.storages.of(toId);
  for (const { id } of sources) {
    if (id === toId) continue;
    if (await isSamePlace({ projectId }, to, await ctx.storages.of(id))) throw samePlace();
  }
}
