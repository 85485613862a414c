import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { project } from '../project/table.ts';
import { finish } from './settle.ts';
import { file } from './table.ts';

/** Handler of `file.verify`: looks at a file that is too large for the request that completed it. */
export async function verifyFile(
  ctx: SlipwayContext,
  { fileId }: { fileId: string },
): Promise<void> {
  const [found] = await ctx.db
    .select({ row: file, project })
    .from(file)
    .innerJoin(project, eq(project.id, file.projectId))
    .where(eq(file.id, fileId));
  if (found !== undefined) await finish(ctx, found);
}
