import { and, eq, isNotNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import { project } from './table.ts';

const BATCH = 200;

/** Handler of `project.erase`: objects first, rows after, so that nothing is forgotten half way. */
export async function eraseProject(
  ctx: SlipwayContext,
  { projectId }: { projectId: string },
): Promise<void> {
  for (;;) {
    const rows = await ctx.db
      .select({ id: file.id, key: file.key })
      .from(file)
      .where(eq(file.projectId, projectId))
      .limit(BATCH);
    if (rows.length === 0) break;
    for (const row of rows) {
      await ctx.storage.delete(row.key);
      await ctx.db.delete(file).where(eq(file.id, row.id));
    }
  }
  await ctx.db.delete(project).where(and(eq(project.id, projectId), isNotNull(project.deletedAt)));
}
