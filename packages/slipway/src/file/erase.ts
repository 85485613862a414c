import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { file } from './table.ts';

/** Handler of `file.erase`. The row stays, as the record that the file was there. */
export async function eraseFile(
  ctx: SlipwayContext,
  { fileId }: { fileId: string },
): Promise<void> {
  const [row] = await ctx.db
    .select({ key: file.key, status: file.status })
    .from(file)
    .where(eq(file.id, fileId));
  if (row?.status === 'deleted') await ctx.storage.delete(row.key);
}
