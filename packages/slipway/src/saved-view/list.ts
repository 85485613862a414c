import { and, asc, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { requireViewer } from './internal.ts';
import type { SavedViewView } from './schema.ts';
import { savedView } from './table.ts';

/** The views that this person keeps in this project, by name. */
export async function listViews(ctx: SlipwayContext, projectId: string): Promise<SavedViewView[]> {
  const { project, userId } = await requireViewer(ctx, projectId);
  return ctx.db
    .select({ id: savedView.id, name: savedView.name, query: savedView.query })
    .from(savedView)
    .where(and(eq(savedView.projectId, project.id), eq(savedView.userId, userId)))
    .orderBy(asc(savedView.name));
}
