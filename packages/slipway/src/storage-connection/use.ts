import { recordAudit } from '@repo/foundation/audit';
import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { lockProject, requireProjectAsUser } from '../project/internal.ts';
import { project } from '../project/table.ts';
import { getConnectionInProject } from './internal.ts';
import { ToStorage } from './schema.ts';
import { storageMove } from './table.ts';

/**
 * Where new files of a project go from now on; those that are there stay where they are.
 *
 * @throws `conflict` while a move is running: it says where new files go.
 */
export async function setProjectStorage(ctx: SlipwayContext, input: ToStorage): Promise<void> {
  const { projectId, storageId } = ToStorage.parse(input);
  await requireProjectAsUser(ctx, projectId, 'project.manage');
  await ctx.db.transaction(async (tx) => {
    // Whoever disconnects a storage waits for this, or this finds it gone.
    const before = await lockProject(tx, projectId);
    if (storageId !== null) await getConnectionInProject(tx, { projectId, storageId });
    const [move] = await tx
      .select({ toId: storageMove.toId })
      .from(storageMove)
      .where(and(eq(storageMove.projectId, projectId), eq(storageMove.status, 'running')));
    if (move !== undefined && move.toId !== storageId) {
      throw slipwayError(
        'conflict',
        'The project’s files are being moved to another storage; cancel that first.',
      );
    }
    if (before.storageId === storageId) return;
    await tx.update(project).set({ storageId }).where(eq(project.id, projectId));
    await recordAudit(tx, ctx, {
      organizationId: before.organizationId,
      action: 'project.storage_changed',
      entityId: projectId,
      data: { from: before.storageId, to: storageId },
    });
  });
}
