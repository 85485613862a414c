import { recordAudit } from '@repo/foundation/audit';
import { requireOrganization } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { settleLook } from '../enhancement/engine-options.ts';
import { Preset } from '../enhancement/schema.ts';
import { lookIn, withFreeName } from './internal.ts';
import { UpdateLook } from './schema.ts';
import { lookPreset } from './table.ts';

/** Another name, or other settings. What was made with it keeps what it was made with. */
export async function updateLook(ctx: Context, input: UpdateLook): Promise<void> {
  const { organizationId, lookId, name, preset, adjustments } = UpdateLook.parse(input);
  await requireOrganization(ctx, organizationId, 'enhance.run');
  await withFreeName(name, () =>
    ctx.db.transaction(async (tx) => {
      const before = await lookIn(tx, { organizationId, lookId });
      const look = settleLook({
        preset: preset ?? Preset.parse(before.preset),
        adjustments: adjustments ?? before.adjustments,
      });
      const change = { name: name ?? before.name, ...look };
      await tx
        .update(lookPreset)
        .set({ ...change, updatedAt: ctx.now() })
        .where(eq(lookPreset.id, lookId));
      await recordAudit(tx, ctx, {
        ...{ organizationId, action: 'look.updated', entityId: lookId, data: change },
      });
    }),
  );
}
