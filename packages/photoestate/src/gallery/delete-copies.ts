import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { deleteFiles } from '../work/files.ts';
import { copiesOf } from './copies.ts';
import { deliveryCopy } from './table.ts';

/** Removes what was made for deliveries from files that are about to go. */
export async function deleteCopies(
  ctx: Context,
  sourceFileIds: readonly (string | null)[],
): Promise<void> {
  for (const { id, fileId, sourceFileId } of await copiesOf(ctx.db, sourceFileIds)) {
    if (fileId !== sourceFileId) await deleteFiles(ctx, [fileId]);
    await ctx.db.delete(deliveryCopy).where(eq(deliveryCopy.id, id));
  }
}
