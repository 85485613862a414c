import { and, eq, gt, max } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { formerProject, project } from '../project/table.ts';
import { uploaderUsage } from '../usage/table.ts';
import { clearLeftovers } from './move/clear-leftovers.ts';
import { storageConnection, storageLeftover, storageMove } from './table.ts';

/** A deleted project's files are moved no more. */
export async function endMoves(ctx: SlipwayContext, projectId: string): Promise<void> {
  await ctx.db
    .update(storageMove)
    .set({ status: 'cancelled', endedAt: ctx.now() })
    .where(and(eq(storageMove.projectId, projectId), eq(storageMove.status, 'running')));
}

/**
 * Removes what the moves of a deleted project left anywhere. Null when nothing is left, otherwise when
 * to come again: somebody may be in the middle of a copy, or hold an old URL, or a bucket may be down.
 */
export async function clearProject(
  ctx: SlipwayContext,
  { projectId, giveUp }: { projectId: string; giveUp: boolean },
): Promise<Date | null> {
  const [busy] = await ctx.db
    .select({ until: max(storageMove.turnUntil) })
    .from(storageMove)
    .where(and(eq(storageMove.projectId, projectId), gt(storageMove.turnUntil, ctx.now())));
  if (busy?.until) return busy.until;
  // Nobody reads any of it any more.
  await ctx.db
    .update(storageLeftover)
    .set({ dueAt: ctx.now() })
    .where(and(eq(storageLeftover.projectId, projectId), gt(storageLeftover.dueAt, ctx.now())));
  await clearLeftovers(ctx, { projectId });
  const [rest] = await ctx.db
    .select({ dueAt: max(storageLeftover.dueAt) })
    .from(storageLeftover)
    .where(eq(storageLeftover.projectId, projectId));
  if (!rest?.dueAt) return null;
  if (!giveUp) return rest.dueAt;
  ctx.log.warn({ projectId }, 'a deleted project left objects in a bucket that cannot be reached');
  await ctx.db.delete(storageLeftover).where(eq(storageLeftover.projectId, projectId));
  return null;
}

/** The project's row and its buckets', which refer to each other, and what says who its users were. */
export async function deleteProjectRow(ctx: SlipwayContext, projectId: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await tx.delete(storageMove).where(eq(storageMove.projectId, projectId));
    await tx.delete(storageConnection).where(eq(storageConnection.projectId, projectId));
    await tx.delete(uploaderUsage).where(eq(uploaderUsage.projectId, projectId));
    await tx
      .insert(formerProject)
      .values({ id: projectId, erasedAt: ctx.now() })
      .onConflictDoNothing();
    await tx.delete(project).where(eq(project.id, projectId));
  });
}
