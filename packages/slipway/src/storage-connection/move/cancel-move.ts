import { recordAudit } from '@repo/foundation/audit';
import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../../context.ts';
import { slipwayError } from '../../errors.ts';
import { requireProjectAsUser } from '../../project/internal.ts';
import { MoveRef, type MoveView } from '../schema.ts';
import { storageMove } from '../table.ts';
import { moveView } from './move-view.ts';

/** What was moved stays at the target, and so do new uploads; the rest stays where it is. */
export async function cancelMove(ctx: SlipwayContext, input: MoveRef): Promise<MoveView> {
  const { projectId, moveId } = MoveRef.parse(input);
  const { organizationId } = await requireProjectAsUser(ctx, projectId, 'project.manage');
  const isIt = and(eq(storageMove.id, moveId), eq(storageMove.projectId, projectId));
  const row = await ctx.db.transaction(async (tx) => {
    const [cancelled] = await tx
      .update(storageMove)
      .set({ status: 'cancelled', endedAt: ctx.now() })
      .where(and(isIt, eq(storageMove.status, 'running')))
      .returning();
    if (cancelled !== undefined) {
      const { movedFiles, movedBytes } = cancelled;
      await recordAudit(tx, ctx, {
        organizationId,
        action: 'storage_move.cancelled',
        entityId: moveId,
        data: { projectId, movedFiles, movedBytes },
      });
      return cancelled;
    }
    const [ended] = await tx.select().from(storageMove).where(isIt);
    return ended;
  });
  if (row === undefined)
    throw slipwayError('not_found', `There is no move "${moveId}" in this project.`);
  return moveView(ctx.db, row);
}
