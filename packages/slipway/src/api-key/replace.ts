import { recordAudit } from '@repo/foundation/audit';
import { actorId } from '@repo/foundation/context';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { lockProject, requireProjectAsUser } from '../project/internal.ts';
import { FIRST_KEY, insertApiKey } from './internal.ts';
import { apiKey } from './table.ts';

/** Makes a new key; the old one stops working with the same commit. */
export async function replaceApiKey(
  ctx: SlipwayContext,
  projectId: string,
): Promise<{ key: string }> {
  const { organizationId } = await requireProjectAsUser(ctx, projectId, 'key.manage');
  return ctx.db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    await tx.delete(apiKey).where(eq(apiKey.projectId, projectId));
    const { row, key } = await insertApiKey(tx, {
      ...FIRST_KEY,
      projectId,
      createdBy: actorId(ctx.actor),
    });
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'api_key.replaced',
      entityId: row.id,
      data: { projectId, last4: key.slice(-4) },
    });
    return { key };
  });
}
