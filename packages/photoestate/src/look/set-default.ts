import { recordAudit } from '@repo/foundation/audit';
import { requireOrganization } from '@repo/foundation/organization';
import type { Context } from '../context.ts';
import { Preset } from '../enhancement/schema.ts';
import { lookIn } from './internal.ts';
import { SetDefaultLook } from './schema.ts';
import { lookDefault } from './table.ts';

/** The look that everybody in the studio is offered first. */
export async function setDefaultLook(ctx: Context, input: SetDefaultLook): Promise<void> {
  const { organizationId, look } = SetDefaultLook.parse(input);
  await requireOrganization(ctx, organizationId, 'enhance.run');
  await ctx.db.transaction(async (tx) => {
    if (!Preset.safeParse(look).success) await lookIn(tx, { organizationId, lookId: look });
    await tx
      .insert(lookDefault)
      .values({ organizationId, look })
      .onConflictDoUpdate({ target: lookDefault.organizationId, set: { look } });
    await recordAudit(tx, ctx, {
      ...{ organizationId, action: 'look.default', entityId: organizationId, data: { look } },
    });
  });
}
