import { recordAudit } from '@repo/foundation/audit';
import { actorId } from '@repo/foundation/context';
import { newId } from '@repo/foundation/ids';
import { requireOrganization } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { settleLook } from '../enhancement/engine-options.ts';
import { appError } from '../errors.ts';
import { withFreeName } from './internal.ts';
import { CreateLook } from './schema.ts';
import { lookPreset } from './table.ts';

const MOST = 100;

/** Keeps settings under a name, for everybody in the studio. */
export async function createLook(ctx: Context, input: CreateLook): Promise<{ id: string }> {
  const { organizationId, name, ...wish } = CreateLook.parse(input);
  const look = settleLook(wish);
  await requireOrganization(ctx, organizationId, 'enhance.run');
  const id = newId('look');
  await withFreeName(name, () =>
    ctx.db.transaction(async (tx) => {
      const count = await tx.$count(lookPreset, eq(lookPreset.organizationId, organizationId));
      if (count >= MOST) {
        throw appError('conflict', `A studio can keep ${MOST} looks. Delete one first.`);
      }
      const createdBy = actorId(ctx.actor) ?? 'system';
      const now = ctx.now();
      const row = { id, organizationId, name, ...look, createdBy, createdAt: now, updatedAt: now };
      await tx.insert(lookPreset).values(row);
      await recordAudit(tx, ctx, {
        ...{ organizationId, action: 'look.created', entityId: id, data: { name, ...look } },
      });
    }),
  );
  return { id };
}
