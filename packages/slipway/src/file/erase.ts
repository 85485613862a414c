import { failpoint } from '@repo/foundation/failpoint';
import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { eraseDerivatives } from '../image/erase-derivatives.ts';
import { project } from '../project/table.ts';
import { remember } from '../storage-connection/move/leftover.ts';
import { needsBytes, standsOn } from './address.ts';
import { ENDED, type FileRow, file } from './table.ts';

/** Handler of `file.erase`. The row stays, as the record that the file was there. */
export async function eraseFile(
  ctx: SlipwayContext,
  { fileId }: { fileId: string },
): Promise<void> {
  const [row] = await ctx.db
    .select()
    .from(file)
    .where(and(eq(file.id, fileId), inArray(file.status, [...ENDED]), isNull(file.trashedUntil)));
  if (row !== undefined) await eraseObject(ctx, row);
}

type Erasable = Pick<
  FileRow,
  'id' | 'projectId' | 'key' | 'expiresAt' | 'storageId' | 'incomingKey' | 'uploadId'
>;

/**
 * Deletes an ended file's bytes and says whether that is for good. While the upload URL is good, or
 * bytes are on their way, others may still arrive; the sweeper comes again after that.
 */
export async function eraseObject(ctx: SlipwayContext, row: Erasable): Promise<boolean> {
  const storage = await ctx.storages.of(row.storageId);
  const { key, incomingKey, uploadId } = row;
  // Asked before the bytes are deleted: what arrives in between would be missed.
  const open =
    ctx.now().getTime() < row.expiresAt.getTime() + storage.grace.eraseMs ||
    (await storage.isReceiving(key));
  if (uploadId !== null) await storage.abortMultipart({ key, uploadId });
  if (incomingKey !== null) await storage.delete(incomingKey);
  if (!(await isShared(ctx, row))) await storage.delete(key);
  await eraseDerivatives(ctx, row.id);
  failpoint('erase.after-object');
  if (open) return false;
  await ctx.db.update(file).set({ erasedAt: ctx.now() }).where(eq(file.id, row.id));
  return true;
}

/**
 * Whether other files stand on the same bytes. Nobody joins them while this is asked: a file only shares
 * those of a ready one, which it keeps ready until it has.
 */
async function isShared(ctx: SlipwayContext, row: Erasable): Promise<boolean> {
  const { id, projectId, storageId, key } = row;
  const others = await ctx.db
    .select({ storageId: file.storageId })
    .from(file)
    .innerJoin(project, eq(project.id, file.projectId))
    // With their project all of them go.
    .where(and(standsOn(key), ne(file.id, id), needsBytes, isNull(project.deletedAt)));
  if (others.length === 0) return false;
  // Those were moved: whether that is another place altogether is found out there.
  if (others.every((other) => other.storageId !== storageId))
    await ctx.db.transaction((tx) => remember(tx, { storageId, key, projectId, dueAt: ctx.now() }));
  return true;
}
