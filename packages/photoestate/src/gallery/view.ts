import { createHash } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { alterationsOf } from '../enhancement/alterations.ts';
import { type CopyState, copyStates } from './copy-states.ts';
import { type Delivered, deliveredPhotos } from './delivered.ts';
import { favouritesOf } from './favourite.ts';
import { isLocked } from './internal.ts';
import { photoNames } from './names.ts';
import type { Decided, Gallery, GalleryBrand, GalleryComment, GalleryPhoto } from './schema.ts';
import { SIZES, type Size } from './sizes.ts';
import { type DeliveryRow, galleryComment } from './table.ts';
import { issueTicket, type Visit } from './visit.ts';

const Crop = z.record(z.string(), z.unknown());

/** What a visitor's page shows: nothing of it names what the studio calls its things. */
export async function viewGallery(ctx: Context, visit: Visit): Promise<Gallery> {
  const { delivery: row, listing, visitor } = visit;
  const delivered = await deliveredPhotos(ctx.db, row.id);
  const [liked, comments, states] = await Promise.all([
    favouritesOf(ctx, visit),
    commentsOf(ctx, visit),
    copyStates(ctx, visit, delivered),
  ]);
  const names = photoNames(
    listing.address,
    delivered.map(({ photo }) => photo),
  );
  return {
    id: row.id,
    address: listing.address,
    message: row.message,
    brand: row.branded ? brandOf(visit) : null,
    locked: isLocked(row),
    ticket: issueTicket(ctx, visit),
    sizes: offeredSizes(row),
    photos: delivered.map((entry, index) => ({
      ...toPhoto(entry, names[index] ?? '', liked),
      credentials: credentialsOf(row, states[index]),
    })),
    comments,
    decided: decidedOf(row),
    prepared: states.filter(({ prepared }) => prepared).length,
    visitor: visitor === null ? null : { name: visitor.name },
    studio: visit.studio,
  };
}

function brandOf({ branding, delivery }: Visit): GalleryBrand {
  const { senderName, logoFileId, accentColor, backgroundColor } = branding;
  return {
    name: senderName,
    logo: logoFileId === null ? null : `/media/galleries/${delivery.id}/logo`,
    accent: accentColor,
    background: backgroundColor,
  };
}

/** While it is not paid, what can be saved is what is shown. */
export function offeredSizes(row: DeliveryRow): Size[] {
  if (row.sizes.length === 0) return [];
  if (isLocked(row)) {
    const detail = 'With a watermark, until the photos are paid';
    return [{ name: 'web', label: 'Preview', detail }];
  }
  return SIZES.filter(({ name }) => row.sizes.includes(name));
}

function toPhoto(
  { photo, version, before }: Delivered,
  name: string,
  liked: ReadonlySet<string>,
): Omit<GalleryPhoto, 'credentials'> {
  const alterations = alterationsOf(version);
  return {
    id: photo.id,
    title: photo.title,
    name,
    width: version.width ?? 3,
    height: version.height ?? 2,
    version: createHash('sha256').update(version.id).digest('hex').slice(0, 8),
    before: before !== null,
    crop: Crop.safeParse(version.recipe?.['crop']).data ?? null,
    altered: alterations?.altered ?? [],
    done: alterations?.done ?? null,
    favourite: liked.has(photo.id),
    decided: decidedOf(photo),
  };
}

/** A page without the studio's name has no certificate's either: it may be the same. */
function credentialsOf(
  { branded }: DeliveryRow,
  state: CopyState | undefined,
): GalleryPhoto['credentials'] {
  const signedBy = state?.signedBy ?? null;
  return signedBy === null ? null : { by: branded ? signedBy : null };
}

type Decidable = Pick<DeliveryRow, 'decision' | 'decisionNote' | 'decidedBy' | 'decidedAt'>;

export function decidedOf({
  decision,
  decisionNote,
  decidedBy,
  decidedAt,
}: Decidable): Decided | null {
  if (decision === null) return null;
  const at = decidedAt?.toISOString() ?? '';
  return { decision, note: decisionNote, by: decidedBy ?? '', at };
}

/** Without those that the studio took out of sight, and what was answered to them. */
async function commentsOf(ctx: Context, { delivery, visitor }: Visit): Promise<GalleryComment[]> {
  const rows = await ctx.db
    .select()
    .from(galleryComment)
    .where(eq(galleryComment.deliveryId, delivery.id))
    .orderBy(asc(galleryComment.createdAt), asc(galleryComment.id));
  const shown = new Set(rows.filter(({ hiddenAt }) => hiddenAt === null).map(({ id }) => id));
  return rows
    .filter(({ id, replyTo }) => shown.has(id) && (replyTo === null || shown.has(replyTo)))
    .map((row) => ({
      ...commentOf(row),
      mine: visitor !== null && row.visitorId === visitor.id,
    }));
}

export function commentOf(row: typeof galleryComment.$inferSelect): Omit<GalleryComment, 'mine'> {
  const { id, photoId, replyTo, author, body, x, y, userId, visitorId, resolvedAt, createdAt } =
    row;
  return {
    ...{ id, photoId, replyTo, author, body },
    studio: userId !== null && visitorId === null,
    spot: x === null || y === null ? null : { x, y },
    resolved: resolvedAt !== null,
    createdAt: createdAt.toISOString(),
  };
}
