import { recordAudit } from '@repo/foundation/audit';
import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { requireViewer } from './internal.ts';
import { ViewRef } from './schema.ts';
import { savedView } from './table.ts';

export async function deleteView(ctx: SlipwayContext, input: ViewRef): Promise<void> {
  const { project, userId } = await requireViewer(ctx, input.projectId);
  const { viewId } = ViewRef.parse(input);
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .delete(savedView)
      .where(
        and(
          eq(savedView.id, viewId),
          eq(savedView.projectId, project.id),
          eq(savedView.userId, userId),
        ),
      )
      .returning();
    if (row === undefined)
      throw slipwayError('not_found', `You have no view "${viewId}" in this project.`);
    await recordAudit(tx, ctx, {
      organizationId: project.organizationId,
      action: 'saved_view.deleted',
      entityId: row.id,
      data: { projectId: project.id, name: row.name },
    });
  });
}
