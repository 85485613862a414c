import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { and, count, eq, inArray, isNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { ENDED, file, UNFINISHED } from '../file/table.ts';
import { derivative } from '../image/table.ts';
import { lockProject, requireProjectAsUser } from '../project/internal.ts';
import { reconcileRun } from '../reconcile/table.ts';
import { getConnectionInProject } from './internal.ts';
import { remember } from './move/leftover.ts';
import { DisconnectStorage } from './schema.ts';
import { storageConnection, storageLeftover, storageMove } from './table.ts';

/**
 * Forgets a bucket and its credentials; what is in it stays the customer's. Refused while anything of
 * this project needs it.
 *
 * @throws `conflict`, saying what does.
 */
export async function disconnectStorage(
  ctx: SlipwayContext,
  input: DisconnectStorage,
): Promise<void> {
  const { projectId, storageId, leaveRest } = DisconnectStorage.parse(input);
  const { organizationId } = await requireProjectAsUser(ctx, projectId, 'project.manage');
  const row = await getConnectionInProject(ctx.db, { projectId, storageId });
  const rest = await ctx.db.transaction(async (tx) => {
    const { storageId: current } = await lockProject(tx, projectId);
    // Whoever announces a file for this storage waits for us, and is refused by the foreign key then.
    await tx
      .select({ id: storageConnection.id })
      .from(storageConnection)
      .where(eq(storageConnection.id, storageId))
      .for('update');
    if (current === storageId)
      throw inUse('New files of this project go there; choose another storage for them first.');
    await requireUnused(tx, storageId);
    const left = await countRest(tx, ctx, { projectId, storageId });
    if (left > 0 && !leaveRest) return left;
    await forget(tx, ctx, storageId);
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'storage_connection.disconnected',
      entityId: storageId,
      data: { projectId, name: row.name, address: row.address, left },
    });
    return 0;
  });
  if (rest > 0) {
    throw slipwayError(
      'conflict',
      `${rest} objects of deleted and moved files are yet to be removed from it. Wait for that, or disconnect it and leave them there.`,
      { details: { rest } },
    );
  }
}

function inUse(message: string) {
  return slipwayError('conflict', message);
}

async function requireUnused(tx: Tx, storageId: string): Promise<void> {
  const [move] = await tx
    .select({ id: storageMove.id })
    .from(storageMove)
    .where(and(eq(storageMove.toId, storageId), eq(storageMove.status, 'running')));
  if (move !== undefined) throw inUse('Files are being moved there; cancel that first.');
  const [held] = await tx
    .select({ files: count() })
    .from(file)
    .where(and(eq(file.storageId, storageId), inArray(file.status, [...UNFINISHED, 'ready'])));
  const files = held?.files ?? 0;
  if (files > 0) throw inUse(`${files} files are kept there; move or delete them first.`);
}

/** Objects that nobody reads any more, and that are yet to be removed: also pictures, from this moment. */
async function countRest(
  tx: Tx,
  ctx: SlipwayContext,
  { projectId, storageId }: { projectId: string; storageId: string },
): Promise<number> {
  const pictures = await tx
    .delete(derivative)
    .where(eq(derivative.storageId, storageId))
    .returning({ key: derivative.key });
  for (const { key } of pictures)
    await remember(tx, { storageId, key, projectId, dueAt: ctx.now() });
  const [leftovers] = await tx
    .select({ objects: count() })
    .from(storageLeftover)
    .where(eq(storageLeftover.storageId, storageId));
  const [ended] = await tx
    .select({ objects: count() })
    .from(file)
    .where(
      and(eq(file.storageId, storageId), inArray(file.status, [...ENDED]), isNull(file.erasedAt)),
    );
  return (leftovers?.objects ?? 0) + (ended?.objects ?? 0);
}

/** Everything that refers to it; rows of ended files stay, as the record that they were there. */
async function forget(tx: Tx, ctx: SlipwayContext, storageId: string): Promise<void> {
  await tx.delete(storageLeftover).where(eq(storageLeftover.storageId, storageId));
  await tx
    .update(file)
    .set({ erasedAt: ctx.now() })
    .where(and(eq(file.storageId, storageId), isNull(file.erasedAt)));
  await tx.update(file).set({ storageId: null }).where(eq(file.storageId, storageId));
  await tx.delete(storageMove).where(eq(storageMove.toId, storageId));
  await tx.delete(reconcileRun).where(eq(reconcileRun.storage, storageId));
  await tx.delete(storageConnection).where(eq(storageConnection.id, storageId));
}
