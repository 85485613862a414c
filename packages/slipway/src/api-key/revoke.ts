import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { lockProject, requireProject } from '../project/internal.ts';
import { auditedKey, getKeyInProject, requireItsWorld } from './internal.ts';
import { KeyRef } from './schema.ts';
import { apiKey } from './table.ts';

/** From the commit on the key opens nothing, and neither do upload tokens that it made. */
export async function revokeApiKey(ctx: SlipwayContext, input: KeyRef): Promise<void> {
  await requireProject(ctx, input.projectId, 'key.manage');
  const { projectId, keyId } = KeyRef.parse(input);
  await ctx.db.transaction(async (tx) => {
    const { organizationId } = await lockProject(tx, projectId);
    const before = await getKeyInProject(tx, { projectId, keyId });
    requireItsWorld(ctx, before.environment);
    await tx.update(apiKey).set({ revokedAt: ctx.now() }).where(eq(apiKey.id, keyId));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'api_key.revoked',
      entityId: keyId,
      data: { projectId, before: auditedKey(before) },
    });
  });
}
