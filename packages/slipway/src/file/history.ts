import { asc, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { requireProject } from '../project/internal.ts';
import { getFileInProject } from './internal.ts';
import type { FileHistory } from './schema.ts';
import { fileTransition } from './table.ts';

/** Every state that the file was in: since when, and why. Oldest first. */
export async function getFileHistory(
  ctx: SlipwayContext,
  call: { projectId: string; fileId: string },
): Promise<FileHistory> {
  const project = await requireProject(ctx, call.projectId, 'file.read');
  const row = await getFileInProject(ctx, { projectId: project.id, id: call.fileId });
  const changes = await ctx.db
    .select()
    .from(fileTransition)
    .where(eq(fileTransition.fileId, row.id))
    .orderBy(asc(fileTransition.id));
  return {
    data: [
      {
        from: null,
        to: 'pending' as const,
        reason: 'announced',
        message: null,
        by: null,
        at: row.createdAt.toISOString(),
      },
      ...changes.map((change) => ({
        from: change.from,
        to: change.to,
        reason: change.reason,
        message: change.message,
        by: change.actorType,
        at: change.at.toISOString(),
      })),
    ],
  };
}
