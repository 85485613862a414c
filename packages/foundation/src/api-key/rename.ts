import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import type { BaseContext } from '../context/index.ts';
import type { KeyHome } from './home.ts';
import { getKeyOf } from './internal.ts';

export async function renameApiKey<C extends BaseContext, S extends string>(
  home: KeyHome<C, S>,
  ctx: C,
  { ownerId, read }: { ownerId: string; read: () => { keyId: string; name: string } },
): Promise<void> {
  await home.allow(ctx, ownerId);
  const { keyId, name } = read();
  const { table } = home;
  await ctx.db.transaction(async (tx) => {
    const { organizationId } = await home.lock(tx, ownerId);
    const before = await getKeyOf(tx, home, { ownerId, keyId });
    home.requireEnvironment(ctx, before.environment);
    await tx.update(table).set({ name }).where(eq(table.id, keyId));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'api_key.renamed',
      entityId: keyId,
      data: { ...home.audited(ownerId), before: { name: before.name }, after: { name } },
    });
  });
}
