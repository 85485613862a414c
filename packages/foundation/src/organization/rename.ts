import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { type OrganizationContext, requireOrganization } from './require-member.ts';
import { RenameOrganization } from './schema.ts';
import { organization } from './table.ts';

export async function renameOrganization(
  ctx: OrganizationContext,
  input: RenameOrganization,
  /** What else follows from it, in the same transaction. */
  renamed?: (tx: Tx) => Promise<void>,
): Promise<void> {
  const { organizationId, name } = RenameOrganization.parse(input);
  await requireOrganization(ctx, organizationId, 'organization.manage');
  await ctx.db.transaction(async (tx) => {
    const [before] = await tx
      .select({ name: organization.name })
      .from(organization)
      .where(eq(organization.id, organizationId))
      .for('update');
    await tx.update(organization).set({ name }).where(eq(organization.id, organizationId));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'organization.renamed',
      entityId: organizationId,
      data: { before, after: { name } },
    });
    await renamed?.(tx);
  });
}
