import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { changeMembers, invitation } from '@repo/foundation/member';
import { member, organization } from '@repo/foundation/organization';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { endProject } from '../project/end.ts';
import { project } from '../project/table.ts';
import { eraseOrganizationJob } from './jobs.ts';
import { DeleteOrganization } from './schema.ts';

/**
 * Ends an organization: from the commit on it exists for nobody, its projects' keys let nobody in, and no
 * file is served. The files are erased by the jobs of the projects, and the organization's row after the
 * last of them; the audit log stays, as evidence for whoever runs the installation.
 *
 * @throws `validation_failed` when the name that was typed is not its name.
 */
export async function deleteOrganization(
  ctx: SlipwayContext,
  input: DeleteOrganization,
): Promise<{ projects: number }> {
  const permission = 'organization.transfer' as const;
  const { organizationId } = input;
  return changeMembers(ctx, { organizationId, permission }, async (tx) => {
    const { confirmName } = DeleteOrganization.parse(input);
    const [found] = await tx
      .select({ name: organization.name })
      .from(organization)
      .where(eq(organization.id, organizationId));
    if (found === undefined || confirmName.trim() !== found.name)
      throw slipwayError(
        'validation_failed',
        `Expected the name of the organization, “${found?.name}”, as confirmation.`,
        { details: { issues: [{ path: 'confirmName', message: 'expected its name' }] } },
      );
    return endOrganization(tx, ctx, organizationId);
  });
}

/** All of that, in the caller's transaction and without a question. */
export async function endOrganization(
  tx: Tx,
  ctx: SlipwayContext,
  organizationId: string,
): Promise<{ projects: number }> {
  const [found] = await tx
    .select({ name: organization.name })
    .from(organization)
    .where(eq(organization.id, organizationId));
  const projects = await endProjects(tx, ctx, organizationId);
  const members = await tx.$count(member, eq(member.organizationId, organizationId));
  await recordAudit(tx, ctx, {
    organizationId,
    action: 'organization.deleted',
    entityId: organizationId,
    data: { before: { name: found?.name ?? '', projects, members } },
  });
  await tx
    .update(invitation)
    .set({ revokedAt: ctx.now() })
    .where(
      and(
        eq(invitation.organizationId, organizationId),
        isNull(invitation.acceptedAt),
        isNull(invitation.revokedAt),
      ),
    );
  await tx.delete(member).where(eq(member.organizationId, organizationId));
  await ctx.queue.enqueue(tx, eraseOrganizationJob, { payload: { organizationId } });
  return { projects };
}

/** How many there were. */
export async function endProjects(
  tx: Tx,
  ctx: SlipwayContext,
  organizationId: string,
): Promise<number> {
  const rows = await tx
    .select()
    .from(project)
    .where(and(eq(project.organizationId, organizationId), isNull(project.deletedAt)))
    .orderBy(asc(project.id))
    .for('update');
  for (const row of rows) await endProject(tx, ctx, row);
  return rows.length;
}
