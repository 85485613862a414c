import { and, eq, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { allow, roleThere, visibleTo } from '../listing/internal.ts';
import { type ListingRow, listing } from '../listing/table.ts';
import { mediaUrl } from '../media/url.ts';
import type { Permission } from '../permission.ts';
import type { Photo } from './schema.ts';
import { type PhotoRow, photo } from './table.ts';

/** The photo and its listing, or the same `not_found` for strangers as for nothing. */
export async function requirePhoto(
  ctx: Context,
  photoId: string,
  permission: Permission,
): Promise<{ photo: PhotoRow; listing: ListingRow }> {
  const [found] = await ctx.db
    .select({ photo, listing, role: roleThere(ctx) })
    .from(photo)
    .innerJoin(listing, eq(listing.id, photo.listingId))
    .where(and(eq(photo.id, photoId), isNull(photo.deletedAt), visibleTo(ctx)));
  if (found === undefined) throw appError('not_found', `There is no photo "${photoId}".`);
  allow(ctx, found.role, permission);
  return found;
}

/** Notes on frames that nothing says where they belong. */
const LEFT_ALONE: readonly PhotoRow['groupNote'][] = ['no_data', 'too_bright', 'too_dark'];

export function toPhoto(row: PhotoRow): Photo {
  const { refusalCode, refusalReason } = row;
  const shown = (fileId: string | null, size: string) =>
    fileId === null ? null : mediaUrl('photos', row.id, size);
  return {
    id: row.id,
    listingId: row.listingId,
    sceneId: row.sceneId,
    name: row.name,
    size: row.size,
    type: row.type,
    status: row.status,
    refusal:
      refusalCode === null ? null : { code: refusalCode, reason: refusalReason ?? refusalCode },
    width: row.width,
    height: row.height,
    takenAt: row.takenAt,
    ev: row.ev,
    exposureTime: row.exposureTime,
    fNumber: row.fNumber,
    iso: row.iso,
    exposureBias: row.exposureBias,
    camera: row.camera,
    ungrouped: row.groupNote !== null && LEFT_ALONE.includes(row.groupNote),
    split: row.groupNote === 'split',
    position: row.position,
    createdAt: row.createdAt,
    urls: {
      thumb: shown(row.thumbFileId, 'thumb'),
      preview: shown(row.previewFileId, 'preview'),
      original: mediaUrl('photos', row.id, 'original'),
    },
  };
}
