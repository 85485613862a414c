import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import type { FileRow } from '../file/table.ts';
import type { Storage } from '../storage/storage.ts';
import { fileName } from './file-name.ts';
import { tusUpload } from './table.ts';

/** True when all bytes of a tus upload are there, compared with their checksums, and it is one to be settled. */
export async function hasAllBytes(ctx: SlipwayContext, row: FileRow): Promise<boolean> {
  if (row.uploadKind !== 'tus') return false;
  const [found] = await ctx.db
    .select({ length: tusUpload.length, offset: tusUpload.offset })
    .from(tusUpload)
    .where(eq(tusUpload.fileId, row.id));
  return found !== undefined && found.offset === found.length;
}

/**
 * Makes the object of an upload that came piece by piece into one file, or that has no bytes at all.
 * Idempotent.
 *
 * @throws `object_missing` when its bytes are gone.
 */
export async function publishAppended(
  ctx: SlipwayContext,
  { row, storage }: { row: FileRow; storage: Storage },
): Promise<void> {
  const { key, type, uploadId, size } = row;
  if (uploadId !== null && storage.appendFiles !== null) {
    const [found] = await ctx.db
      .select({ state: tusUpload.state })
      .from(tusUpload)
      .where(eq(tusUpload.fileId, row.id));
    const state = found?.state ?? {};
    // Whoever has it open could still write to it; what they add is no part of the upload any more.
    const fresh = state.open === true;
    const sha256 = fresh ? null : (state.sha256 ?? null);
    await storage.appendFiles.publish({
      ...{ key, uploadId, name: fileName(state) },
      ...{ type, size, sha256, fresh },
    });
  } else if (size === 0 && (await storage.head(key)) === null) {
    await storage.put({ key, type, body: new Uint8Array() });
  }
}
