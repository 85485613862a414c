import { failpoint } from '@repo/foundation/failpoint';
import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import type { MultipartRef, Storage } from '../storage/storage.ts';
import type { TusUpload } from './upload.ts';

interface Input {
  upload: TusUpload;
  storage: Storage;
}

/** The storage's own upload behind this one, opened with its first bytes. */
export async function openStorageUpload(
  ctx: SlipwayContext,
  { upload: { row }, storage }: Input,
): Promise<MultipartRef> {
  const { key, type } = row;
  if (row.uploadId !== null) return { key, uploadId: row.uploadId };
  const uploadId = await storage.createMultipart({ key, type, digests: true });
  failpoint('tus.after-open');
  // Should this process die before the next line, the storage has one that no row knows: it is swept.
  await nameIt(ctx, { row, uploadId });
  return { key, uploadId };
}

/** Without it after all. */
export async function closeStorageUpload(
  ctx: SlipwayContext,
  { upload: { row }, storage }: Input,
): Promise<void> {
  const { key, uploadId } = row;
  if (uploadId === null) return;
  await storage.abortMultipart({ key, uploadId });
  await nameIt(ctx, { row, uploadId: null });
}

async function nameIt(
  ctx: SlipwayContext,
  { row, uploadId }: { row: TusUpload['row']; uploadId: string | null },
): Promise<void> {
  await ctx.db
    .update(file)
    .set({ uploadId })
    .where(and(eq(file.id, row.id), eq(file.status, 'pending')));
  row.uploadId = uploadId;
}
