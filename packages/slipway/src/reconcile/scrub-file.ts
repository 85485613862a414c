import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import { project } from '../project/table.ts';
import { scrubOne } from './scrub.ts';

/** Handler of `storage.scrub-file`. */
export async function scrubFile(
  ctx: SlipwayContext,
  { fileId }: { fileId: string },
): Promise<void> {
  const [found] = await ctx.db
    .select({ row: file, project })
    .from(file)
    .innerJoin(project, eq(project.id, file.projectId))
    .where(and(eq(file.id, fileId), eq(file.status, 'ready')));
  if (found !== undefined) await scrubOne(ctx, found);
}
