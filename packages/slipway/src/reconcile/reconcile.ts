import type { SlipwayContext } from '../context.ts';
import type { ListedObject } from '../storage/storage.ts';
import { storageConnection } from '../storage-connection/table.ts';
import { abortForgotten } from './abort-forgotten.ts';
import { findLost } from './find-lost.ts';
import type { StorageId } from './known-keys.ts';
import { recognizeStorage } from './recognize.ts';
import { removeOrphans } from './remove-orphans.ts';
import { reconcileRun } from './table.ts';

/** Objects that are compared with the rows at once. */
const BATCH = 1000;

export interface ReconcileResult {
  /** Looked at. */
  objects: number;
  removedObjects: number;
  lostObjects: number;
  abortedMultiparts: number;
}

/** Handler of `storage.reconcile`: one storage, or all of them; one's failure stops no other. */
export async function reconcile(
  ctx: SlipwayContext,
  { storageId: only }: { storageId?: StorageId | undefined },
): Promise<void> {
  if (only !== undefined) {
    await reconcileStorage(ctx, only);
    return;
  }
  const own = await ctx.db.select({ id: storageConnection.id }).from(storageConnection);
  for (const storageId of [null, ...own.map(({ id }) => id)]) {
    try {
      await reconcileStorage(ctx, storageId);
    } catch (error) {
      ctx.log.error({ err: error, storageId }, 'a storage could not be compared with its rows');
    }
  }
}

/**
 * Makes the objects and open uploads of a storage, and the rows, agree: what no row stands for is
 * removed once it is older than the grace, and a ready file whose object is gone has failed. Only keys
 * of this installation's projects are touched.
 */
export async function reconcileStorage(
  ctx: SlipwayContext,
  storageId: StorageId,
): Promise<ReconcileResult> {
  const storage = await ctx.storages.of(storageId);
  const startedAt = ctx.now();
  const place = { storageId, storage, startedAt };
  await recognizeStorage(ctx, place);
  const result: ReconcileResult = {
    objects: 0,
    removedObjects: 0,
    lostObjects: 0,
    abortedMultiparts: 0,
  };
  let after = '';
  const compare = async (objects: ListedObject[], last: string | null): Promise<void> => {
    result.objects += objects.length;
    result.removedObjects += await removeOrphans(ctx, { ...place, objects });
    const keys = new Set(objects.map(({ key }) => key));
    result.lostObjects += await findLost(ctx, { ...place, keys, after, last });
    after = last ?? after;
  };
  let batch: ListedObject[] = [];
  for await (const object of storage.list()) {
    batch.push(object);
    if (batch.length < BATCH) continue;
    await compare(batch, object.key);
    batch = [];
  }
  await compare(batch, null);
  result.abortedMultiparts = await abortForgotten(ctx, place);
  await saveRun(ctx, { storageId, startedAt, result });
  return result;
}

async function saveRun(
  ctx: SlipwayContext,
  run: { storageId: StorageId; startedAt: Date; result: ReconcileResult },
): Promise<void> {
  const values = { startedAt: run.startedAt, endedAt: ctx.now(), ...run.result };
  await ctx.db
    .insert(reconcileRun)
    .values({ storage: run.storageId ?? 'default', ...values })
    .onConflictDoUpdate({ target: reconcileRun.storage, set: values });
  ctx.log.info({ storageId: run.storageId, ...run.result }, 'compared a storage with its rows');
}
