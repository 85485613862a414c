import { and, asc, desc, eq, isNull, lt, type SQL } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { file } from '../file/table.ts';
import type { Storage } from '../storage/storage.ts';
import type { StorageId } from './known-keys.ts';

/** Of the oldest files and of the newest. */
const ASKED_FOR = 10;

/**
 * A disk that is not mounted, or another bucket than before, holds nothing of what the rows say. Then
 * nothing may be concluded from what is missing.
 *
 * @throws `storage_unavailable` when most of a sample of ready files is not there.
 */
export async function recognizeStorage(
  ctx: SlipwayContext,
  place: { storageId: StorageId; storage: Storage; startedAt: Date },
): Promise<void> {
  const { storageId, storage, startedAt } = place;
  const mine = and(
    storageId === null ? isNull(file.storageId) : eq(file.storageId, storageId),
    eq(file.status, 'ready'),
    lt(file.readyAt, startedAt),
  );
  const asked = (order: SQL) =>
    ctx.db.select({ key: file.key }).from(file).where(mine).orderBy(order).limit(ASKED_FOR);
  const rows = [...(await asked(asc(file.createdAt))), ...(await asked(desc(file.createdAt)))];
  const sample = [...new Set(rows.map(({ key }) => key))];
  let missing = 0;
  for (const key of sample) if ((await storage.head(key)) === null) missing += 1;
  if (sample.length < 3 || missing * 2 <= sample.length) return;
  throw slipwayError(
    'storage_unavailable',
    `Of ${sample.length} files that should be in this storage ${missing} are not: is its disk mounted, is it the right bucket? Nothing was changed.`,
  );
}
