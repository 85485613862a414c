import type { Tx } from '@repo/foundation/db';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../../context.ts';
import { addressOf } from '../../file/address.ts';
import type { FileRow } from '../../file/table.ts';
import { file } from '../../file/table.ts';
import type { derivative } from '../../image/table.ts';
import { storageLeftover } from '../table.ts';

/**
 * What a move left behind is still read for a while: links to S3 that were given out are good for five
 * minutes, and a request may just have read the old row.
 */
export const READ_ON_MS = 10 * 60_000;
/** A copy that nobody went on with for so long is given up. Longer than any part takes. */
const COPY_MS = 3_600_000;

export type StorageId = string | null;

export interface Place {
  storageId: StorageId;
  key: string;
}

export const inStorage = (
  column: typeof storageLeftover.storageId | typeof derivative.storageId,
  id: StorageId,
): SQL => (id === null ? isNull(column) : eq(column, id));

const at = ({ storageId, key }: Place) =>
  and(inStorage(storageLeftover.storageId, storageId), eq(storageLeftover.key, key));

/** In the caller's transaction; an object that is remembered already becomes due at the new time. */
export async function remember(
  tx: Tx,
  leftover: Place & { projectId: string; dueAt: Date; openUntil?: Date | null },
): Promise<void> {
  const { dueAt, openUntil } = leftover;
  await tx
    .insert(storageLeftover)
    .values(leftover)
    .onConflictDoUpdate({
      target: [storageLeftover.storageId, storageLeftover.key],
      set: { dueAt, ...(openUntil === undefined ? {} : { openUntil }) },
    });
}

/**
 * Before the first byte of a copy: whatever becomes of us, it is known to be there. Null when the file
 * was deleted or moved meanwhile, otherwise what an earlier attempt left open.
 */
export async function announceCopy(
  ctx: SlipwayContext,
  { row, toId }: { row: FileRow; toId: StorageId },
): Promise<{ openUploadId: string | null } | null> {
  const place = { storageId: toId, key: addressOf(row) };
  return ctx.db.transaction(async (tx) => {
    const [now] = await tx
      .select({ status: file.status, storageId: file.storageId })
      .from(file)
      .where(eq(file.id, row.id))
      .for('share');
    if (now?.status !== 'ready' || now.storageId !== row.storageId) return null;
    const dueAt = new Date(ctx.now().getTime() + COPY_MS);
    // Waits for whoever is just removing it; afterwards nobody does.
    await remember(tx, { ...place, projectId: row.projectId, dueAt });
    const [known] = await tx.select().from(storageLeftover).where(at(place));
    return { openUploadId: known?.uploadId ?? null };
  });
}

export async function keepCopy(
  ctx: SlipwayContext,
  { place, uploadId }: { place: Place; uploadId?: string },
): Promise<void> {
  const dueAt = new Date(ctx.now().getTime() + COPY_MS);
  await ctx.db
    .update(storageLeftover)
    .set({ dueAt, ...(uploadId === undefined ? {} : { uploadId }) })
    .where(at(place));
}

/**
 * Until the caller's transaction ends nobody begins a copy there, nor does a file come to stand on it.
 * False when it is remembered no longer.
 */
export async function lockCopy(tx: Tx, place: Place): Promise<boolean> {
  const [locked] = await tx
    .select({ id: storageLeftover.id })
    .from(storageLeftover)
    .where(at(place))
    .for('update');
  return locked !== undefined;
}

/** False when it is remembered no longer: then somebody took the copy away. */
export async function takeOver(tx: Tx, place: Place): Promise<boolean> {
  const taken = await tx
    .delete(storageLeftover)
    .where(at(place))
    .returning({ id: storageLeftover.id });
  return taken.length > 0;
}

/** Due at once, whatever it was remembered for; nothing happens to what is not remembered. */
export async function giveUp(ctx: SlipwayContext, place: Place): Promise<void> {
  await ctx.db
    .update(storageLeftover)
    .set({ dueAt: sql`least(${storageLeftover.dueAt}, ${ctx.now().toISOString()}::timestamptz)` })
    .where(at(place));
}
