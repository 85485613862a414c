import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import { user } from '../auth/index.ts';
import type { BaseContext } from '../context/index.ts';
import { requireUser } from '../organization/index.ts';
import { RenameUser } from './schema.ts';

/** Changes what the signed-in user is called. */
export async function renameUser(ctx: BaseContext, input: RenameUser): Promise<void> {
  const userId = requireUser(ctx);
  const { name } = RenameUser.parse(input);
  await ctx.db.transaction(async (tx) => {
    const [before] = await tx
      .select({ name: user.name })
      .from(user)
      .where(eq(user.id, userId))
      .for('update');
    await tx.update(user).set({ name, updatedAt: ctx.now() }).where(eq(user.id, userId));
    await recordAudit(tx, ctx, {
      organizationId: null,
      action: 'user.renamed',
      entityId: userId,
      data: { before, after: { name } },
    });
  });
}
