import { recordAudit } from '@repo/foundation/audit';
import { newId } from '@repo/foundation/ids';
import { and, count, eq, ne } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { lockProject } from '../project/internal.ts';
import { requireViewer } from './internal.ts';
import { type SavedViewView, SaveView } from './schema.ts';
import { savedView } from './table.ts';

const MOST = 50;

/** Keeps a view; one of the same name becomes this one. */
export async function saveView(ctx: SlipwayContext, input: SaveView): Promise<SavedViewView> {
  const { project, userId } = await requireViewer(ctx, input.projectId);
  const { name, query } = SaveView.parse(input);
  return ctx.db.transaction(async (tx) => {
    // One after another, so that nobody gets past the number.
    await lockProject(tx, project.id);
    const own = and(eq(savedView.projectId, project.id), eq(savedView.userId, userId));
    const [others] = await tx
      .select({ number: count() })
      .from(savedView)
      .where(and(own, ne(savedView.name, name)));
    if ((others?.number ?? 0) >= MOST) {
      throw slipwayError(
        'validation_failed',
        `Expected at most ${MOST} views in a project; delete one first.`,
      );
    }
    const [row] = await tx
      .insert(savedView)
      .values({
        id: newId('view'),
        projectId: project.id,
        userId,
        name,
        query,
        createdAt: ctx.now(),
      })
      .onConflictDoUpdate({
        target: [savedView.projectId, savedView.userId, savedView.name],
        set: { query },
      })
      .returning();
    if (row === undefined) throw new Error('the saved view was not returned');
    await recordAudit(tx, ctx, {
      organizationId: project.organizationId,
      action: 'saved_view.saved',
      entityId: row.id,
      data: { projectId: project.id, name, query },
    });
    return { id: row.id, name: row.name, query: row.query };
  });
}
