import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { eq } from 'drizzle-orm';
import { apiKey } from '../api-key/table.ts';
import type { SlipwayContext } from '../context.ts';
import { eraseProjectJob } from './jobs.ts';
import { type Project, project } from './table.ts';

/** The project and its keys are gone with the caller's transaction; its files are erased by a job. */
export async function endProject(tx: Tx, ctx: SlipwayContext, row: Project): Promise<void> {
  const { id: projectId, organizationId, name, rules } = row;
  await tx.update(project).set({ deletedAt: ctx.now() }).where(eq(project.id, projectId));
  await tx.delete(apiKey).where(eq(apiKey.ownerId, projectId));
  await recordAudit(tx, ctx, {
    organizationId,
    action: 'project.deleted',
    entityId: projectId,
    data: { before: { name, rules } },
  });
  await ctx.queue.enqueue(tx, eraseProjectJob, { payload: { projectId } });
}
