import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { requireListing } from '../listing/internal.ts';
import type { Permission } from '../permission.ts';
import type { LookPreview } from './schema.ts';
import { type LookPreviewRow, lookPreview } from './table.ts';

/** The same `not_found` for strangers as for nothing. */
export async function requirePreview(
  ctx: Context,
  previewId: string,
  permission: Permission,
): Promise<LookPreviewRow> {
  const [row] = await ctx.db.select().from(lookPreview).where(eq(lookPreview.id, previewId));
  const missing = () => appError('not_found', `There is no preview "${previewId}".`);
  await requireListing(ctx, row?.listingId ?? '', permission).catch((error) => {
    throw error.code === 'not_found' ? missing() : error;
  });
  if (row === undefined) throw missing();
  return row;
}

export function toPreview(row: LookPreviewRow): LookPreview {
  const { id, sceneId, status, width, height, failureReason: reason } = row;
  const url = status === 'done' ? `/media/previews/${id}/small` : null;
  return { id, sceneId, status, url, width, height, reason };
}
