import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { chunksOf } from '../file/read-object.ts';
import type { FileRow } from '../file/table.ts';
import { uploadthingFile } from './table.ts';

/** MD5 of a ready file, as UploadThing has it: no proof of anything, but apps compare it. */
export async function md5Of(ctx: SlipwayContext, row: FileRow): Promise<string> {
  const [known] = await ctx.db
    .select({ md5: uploadthingFile.md5 })
    .from(uploadthingFile)
    .where(eq(uploadthingFile.fileId, row.id));
  if (known?.md5) return known.md5;
  const storage = await ctx.storages.of(row.storageId);
  const hash = createHash('md5');
  for await (const chunk of chunksOf(storage, { key: row.key, size: row.size })) hash.update(chunk);
  const md5 = hash.digest('hex');
  await ctx.db.update(uploadthingFile).set({ md5 }).where(eq(uploadthingFile.fileId, row.id));
  return md5;
}
