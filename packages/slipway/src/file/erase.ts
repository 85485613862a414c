import { failpoint } from '@repo/foundation/failpoint';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { eraseDerivatives } from '../image/erase-derivatives.ts';
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

/**
 * Deletes an ended file's bytes and says whether that is for good. While the upload URL is good, or
 * bytes are on their way, others may still arrive; the sweeper comes again after that.
 */
export async function eraseObject(
  ctx: SlipwayContext,
  row: Pick<FileRow, 'id' | 'key' | 'expiresAt' | 'storageId' | 'incomingKey' | 'uploadId'>,
): Promise<boolean> {
  const storage = await ctx.storages.of(row.storageId);
  const { key, incomingKey, uploadId } = row;
  // Asked before the bytes are deleted: what arrives in between would be missed.
  const open =
    ctx.now().getTime() < row.expiresAt.getTime() + storage.grace.eraseMs ||
    (await storage.isReceiving(key));
  if (uploadId !== null) await storage.abortMultipart({ key, uploadId });
  if (incomingKey !== null) await storage.delete(incomingKey);
  await storage.delete(key);
  await eraseDerivatives(ctx, row.id);
  failpoint('erase.after-object');
  if (open) return false;
  await ctx.db.update(file).set({ erasedAt: ctx.now() }).where(eq(file.id, row.id));
  return true;
}
