import { recordAudit } from '@repo/foundation/audit';
import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { requireProjectAsUser } from '../project/internal.ts';
import { requireKeys, sealCredentials } from './credentials.ts';
import { examine, hasProblems } from './examine.ts';
import { connectionView, getConnectionInProject, noSuchStorage } from './internal.ts';
import { type ConnectOutcome, UpdateCredentials } from './schema.ts';
import { storageConnection } from './table.ts';

/** Replaces the key to a bucket, once the doctor has seen that the new one opens it. */
export async function updateCredentials(
  ctx: SlipwayContext,
  input: UpdateCredentials,
): Promise<ConnectOutcome> {
  const { projectId, storageId, origin, force, ...credentials } = UpdateCredentials.parse(input);
  const { organizationId } = await requireProjectAsUser(ctx, projectId, 'project.manage');
  const before = await getConnectionInProject(ctx.db, { projectId, storageId });
  const keys = requireKeys(ctx.buckets);
  const report = await examine(ctx, {
    address: before.address,
    credentials,
    origin,
    mend: false,
  });
  if (hasProblems(report) && !force) return { outcome: 'refused', report };
  const row = await ctx.db.transaction(async (tx) => {
    const [updated] = await tx
      .update(storageConnection)
      .set({ ...sealCredentials(keys, { id: storageId, credentials }), updatedAt: ctx.now() })
      .where(and(eq(storageConnection.id, storageId), eq(storageConnection.projectId, projectId)))
      .returning();
    if (updated === undefined) throw noSuchStorage(storageId);
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'storage_connection.credentials_replaced',
      entityId: storageId,
      data: {
        projectId,
        from: before.accessKeyHint,
        to: updated.accessKeyHint,
        force,
      },
    });
    return updated;
  });
  return { outcome: 'connected', connection: connectionView(row), report };
}
