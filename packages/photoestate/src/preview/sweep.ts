import { inArray, lt } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { deleteFiles } from '../work/files.ts';
import { lookPreview } from './table.ts';

const KEEP_MS = 6 * 3_600_000;
const BATCH = 200;

/** Handler of `look.sweep-previews`: files first, rows after, so that an end half way forgets nothing. */
export async function sweepPreviews(ctx: Context): Promise<void> {
  const old = await ctx.db
    .select({ id: lookPreview.id, fileId: lookPreview.fileId })
    .from(lookPreview)
    .where(lt(lookPreview.createdAt, new Date(ctx.now().getTime() - KEEP_MS)))
    .limit(BATCH);
  if (old.length === 0) return;
  await deleteFiles(
    ctx,
    old.map(({ fileId }) => fileId),
  );
  await ctx.db.delete(lookPreview).where(
    inArray(
      lookPreview.id,
      old.map(({ id }) => id),
    ),
  );
}
