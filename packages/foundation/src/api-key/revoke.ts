import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import type { BaseContext } from '../context/index.ts';
import type { KeyHome } from './home.ts';
import { auditedKey, getKeyOf } from './internal.ts';

/** From the commit on the key opens nothing, and neither does what was made with it. */
export async function revokeApiKey<C extends BaseContext, S extends string>(
  home: KeyHome<C, S>,
  ctx: C,
  { ownerId, read }: { ownerId: string; read: () => { keyId: string } },
): Promise<void> {
  await home.allow(ctx, ownerId);
  const { keyId } = read();
  const { table } = home;
  await ctx.db.transaction(async (tx) => {
    const { organizationId } = await home.lock(tx, ownerId);
    const before = await getKeyOf(tx, home, { ownerId, keyId });
    home.requireEnvironment(ctx, before.environment);
    await tx.update(table).set({ revokedAt: ctx.now() }).where(eq(table.id, keyId));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'api_key.revoked',
      entityId: keyId,
      data: { ...home.audited(ownerId), before: auditedKey(before) },
    });
  });
}
