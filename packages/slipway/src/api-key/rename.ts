import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { lockProject, requireProject } from '../project/internal.ts';
import { getKeyInProject, requireItsWorld } from './internal.ts';
import { RenameApiKey } from './schema.ts';
import { apiKey } from './table.ts';

export async function renameApiKey(ctx: SlipwayContext, input: RenameApiKey): Promise<void> {
  await requireProject(ctx, input.projectId, 'key.manage');
  const { projectId, keyId, name } = RenameApiKey.parse(input);
  await ctx.db.transaction(async (tx) => {
    const { organizationId } = await lockProject(tx, projectId);
    const before = await getKeyInProject(tx, { projectId, keyId });
    requireItsWorld(ctx, before.environment);
    await tx.update(apiKey).set({ name }).where(eq(apiKey.id, keyId));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'api_key.renamed',
      entityId: keyId,
      data: { projectId, before: { name: before.name }, after: { name } },
    });
  });
}
