import { recordAudit } from '@repo/foundation/audit';
import { anyId } from '@repo/foundation/text';
import { and, eq, isNull, lt } from 'drizzle-orm';
import { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import { lockProject, requireProjectAsUser } from '../project/internal.ts';
import { requireKeys } from '../storage-connection/credentials.ts';
import { insertKey } from './key-secret.ts';
import { uploadthingKey } from './table.ts';
import { tokenOf, type UploadthingVariables, variablesOf } from './token.ts';

const WEEK_HOURS = 168;

export const CreateUploadthingKey = z.object({
  projectId: anyId,
  /** How long the keys there are go on working, for apps that have yet to get the new one. */
  overlapHours: z
    .number({ error: 'expected a number of hours' })
    .int('expected a whole number of hours')
    .min(0, 'expected no fewer than 0 hours')
    .max(WEEK_HOURS, 'expected at most a week')
    .default(24),
});
export type CreateUploadthingKey = z.input<typeof CreateUploadthingKey>;

export interface ShownToken {
  id: string;
  /** Shown this once. */
  variables: UploadthingVariables & { UPLOADTHING_TOKEN: string };
}

/** Makes a key, and the token in which an app takes it; the keys before it end after the overlap. */
export async function createUploadthingKey(
  ctx: SlipwayContext,
  input: CreateUploadthingKey,
): Promise<ShownToken> {
  const { projectId } = input;
  const project = await requireProjectAsUser(ctx, projectId, 'key.manage');
  const { overlapHours } = CreateUploadthingKey.parse(input);
  requireKeys(ctx.buckets);
  return ctx.db.transaction(async (tx) => {
    await lockProject(tx, project.id);
    const now = ctx.now();
    const until = new Date(now.getTime() + overlapHours * 3_600_000);
    await tx
      .update(uploadthingKey)
      .set({ expiresAt: until })
      .where(and(eq(uploadthingKey.projectId, project.id), isNull(uploadthingKey.expiresAt)));
    await tx
      .delete(uploadthingKey)
      .where(and(eq(uploadthingKey.projectId, project.id), lt(uploadthingKey.expiresAt, now)));
    const { id, key } = await insertKey(tx, ctx, project.id);
    await recordAudit(tx, ctx, {
      organizationId: project.organizationId,
      action: 'uploadthing_key.created',
      entityId: id,
      data: { projectId: project.id, last4: key.slice(-4), overlapHours },
    });
    const token = tokenOf(ctx, { project, key });
    return { id, variables: { UPLOADTHING_TOKEN: token, ...variablesOf(ctx) } };
  });
}
