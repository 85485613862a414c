import { recordAudit } from '@repo/foundation/audit';
import { anyId } from '@repo/foundation/text';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { requireProjectAsUser } from '../project/internal.ts';
import { uploadthingKey } from './table.ts';

export const RevokeUploadthingKey = z.object({ projectId: anyId, keyId: anyId });
export type RevokeUploadthingKey = z.input<typeof RevokeUploadthingKey>;

/** The key opens nothing any more with this commit, nor do the URLs that it signed. Its secret is gone. */
export async function revokeUploadthingKey(
  ctx: SlipwayContext,
  input: RevokeUploadthingKey,
): Promise<void> {
  const project = await requireProjectAsUser(ctx, input.projectId, 'key.manage');
  const { keyId } = RevokeUploadthingKey.parse(input);
  await ctx.db.transaction(async (tx) => {
    const [gone] = await tx
      .delete(uploadthingKey)
      .where(and(eq(uploadthingKey.id, keyId), eq(uploadthingKey.projectId, project.id)))
      .returning({ last4: uploadthingKey.last4 });
    if (gone === undefined) throw slipwayError('not_found', `There is no key "${keyId}".`);
    await recordAudit(tx, ctx, {
      organizationId: project.organizationId,
      action: 'uploadthing_key.revoked',
      entityId: keyId,
      data: { projectId: project.id, last4: gone.last4 },
    });
  });
}
