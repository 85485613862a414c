import { lockOrganization } from '@repo/foundation/member';
import { member, organization } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { project } from '../project/table.ts';
import { endProjects } from './delete.ts';
import { eraseOrganizationJob } from './jobs.ts';

const AGAIN_SECONDS = 600;

/**
 * Handler of `organization.erase`: the row goes after the last of its projects, whose jobs erase the
 * files. A project that somebody made while the organization was being deleted ends here.
 */
export async function eraseOrganization(
  ctx: SlipwayContext,
  { organizationId }: { organizationId: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId);
    // Nobody joins one that was deleted: whoever has members was not.
    if ((await tx.$count(member, eq(member.organizationId, organizationId))) > 0) return;
    await endProjects(tx, ctx, organizationId);
    if ((await tx.$count(project, eq(project.organizationId, organizationId))) > 0) {
      await ctx.queue.enqueue(tx, eraseOrganizationJob, {
        payload: { organizationId },
        delaySeconds: AGAIN_SECONDS,
      });
      return;
    }
    await tx.delete(organization).where(eq(organization.id, organizationId));
  });
}
