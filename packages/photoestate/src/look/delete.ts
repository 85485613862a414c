import { recordAudit } from '@repo/foundation/audit';
import { requireOrganization } from '@repo/foundation/organization';
import { and, eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { lookIn } from './internal.ts';
import { LookRef } from './schema.ts';
import { lookDefault, lookPreset } from './table.ts';

/** What was made with it stays as it is, and keeps its name. */
export async function deleteLook(ctx: Context, input: LookRef): Promise<void> {
  const { organizationId, lookId } = LookRef.parse(input);
  await requireOrganization(ctx, organizationId, 'enhance.run');
  await ctx.db.transaction(async (tx) => {
    const { name } = await lookIn(tx, { organizationId, lookId });
    await tx.delete(lookPreset).where(eq(lookPreset.id, lookId));
    await tx
      .delete(lookDefault)
      .where(and(eq(lookDefault.organizationId, organizationId), eq(lookDefault.look, lookId)));
    await recordAudit(tx, ctx, {
      ...{ organizationId, action: 'look.deleted', entityId: lookId, data: { name } },
    });
  });
}
