import { auditEntry, recordAudit } from '@repo/foundation/audit';
import { and, eq, gt } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { sweepFilesJob } from '../file/jobs.ts';
import { lockProject, requireProjectAsUser } from '../project/internal.ts';
import { reconcileJob } from './jobs.ts';

/** Listing a storage costs money; once a minute is often enough for anybody. */
const AT_MOST_EVERY_MS = 60_000;

/**
 * Sweeps now, and compares the storage of this project with its rows, instead of waiting for the clock.
 *
 * @throws `rate_limited` when a member of the project asked less than a minute ago.
 */
export async function startUpkeep(ctx: SlipwayContext, projectId: string): Promise<void> {
  await requireProjectAsUser(ctx, projectId, 'project.manage');
  await ctx.db.transaction(async (tx) => {
    const project = await lockProject(tx, projectId);
    const [recent] = await tx
      .select({ id: auditEntry.id })
      .from(auditEntry)
      .where(
        and(
          eq(auditEntry.organizationId, project.organizationId),
          eq(auditEntry.action, 'project.upkeep_started'),
          eq(auditEntry.entityId, projectId),
          gt(auditEntry.createdAt, new Date(ctx.now().getTime() - AT_MOST_EVERY_MS)),
        ),
      )
      .limit(1);
    if (recent !== undefined) {
      throw slipwayError('rate_limited', 'It was started less than a minute ago; wait a little.', {
        retryAfter: AT_MOST_EVERY_MS / 1000,
      });
    }
    await recordAudit(tx, ctx, {
      organizationId: project.organizationId,
      action: 'project.upkeep_started',
      entityId: projectId,
    });
    await ctx.queue.enqueue(tx, sweepFilesJob, { payload: {} });
    await ctx.queue.enqueue(tx, reconcileJob, { payload: { storageId: project.storageId } });
  });
}
