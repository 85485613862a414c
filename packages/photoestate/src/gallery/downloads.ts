import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { publishListingEvent } from '../live/publish.ts';
import { findCopiesToSave, keyOf, markOf, PROOF, type WantedCopy } from './copies.ts';
import { deliveredFiles } from './delivered.ts';
import { isLocked } from './internal.ts';
import { photoNames } from './names.ts';
import { isSizeName } from './sizes.ts';
import { type DeliveryCopyRow, galleryVisitor } from './table.ts';
import type { Found, Visit } from './visit.ts';
import type { ZipEntry } from './zip/plan.ts';

/** A file that may be saved: where it is, and its name. */
export interface Saved {
  photoId: string;
  name: string;
  copy: DeliveryCopyRow;
}

type Asked = Found;

/**
 * The files of a delivery in one size, in its order.
 *
 * @throws `not_found` for a size that is not offered; `payment_required` for what is to be had once it is paid;
 * `delivery_preparing` while some are being made.
 */
export async function findSaved(
  ctx: Context,
  asked: Asked,
  { size, only }: { size: string; only?: ReadonlySet<string> },
): Promise<Saved[]> {
  const { delivery, listing, branding } = asked;
  const all = await deliveredFiles(ctx.db, delivery.id);
  const names = photoNames(listing.address, all);
  const chosen = all
    .map((entry, index) => ({ ...entry, name: `${names[index] ?? 'photo'}.jpg` }))
    .filter(({ id }) => only?.has(id) ?? true);
  if (chosen.length === 0) throw appError('not_found', 'There is no such photo.');
  const kind = savedAs({ delivery, size });
  const mark = kind === PROOF ? markOf(branding) : '';
  const wanted = chosen.flatMap((entry) => wantedOf(entry, { kind, mark }));
  const there = await findCopiesToSave(ctx.db, wanted);
  return chosen.map((entry) => {
    const [want] = wantedOf(entry, { kind, mark });
    const copy = want === undefined ? undefined : there.get(keyOf(want));
    if (copy !== undefined) return { photoId: entry.id, name: entry.name, copy };
    const message = 'These files are being made right now; try again in a moment.';
    throw appError('delivery_preparing', message, { retryAfter: 5 });
  });
}

function wantedOf(
  { resultFileId }: { resultFileId: string | null },
  { kind, mark }: Pick<WantedCopy, 'kind' | 'mark'>,
) {
  return resultFileId === null ? [] : [{ sourceFileId: resultFileId, kind, mark }];
}

function savedAs({ delivery, size }: Pick<Asked, 'delivery'> & { size: string }) {
  if (!isSizeName(size)) throw appError('not_found', 'There is no such size.');
  if (isLocked(delivery)) {
    if (size === 'web' && delivery.sizes.length > 0) return PROOF;
    throw appError('payment_required', 'This size is there once the photos are paid.');
  }
  if (!delivery.sizes.includes(size)) throw appError('not_found', 'This size is not offered.');
  return size;
}

export function zipEntries(saved: readonly Saved[]): ZipEntry[] {
  return saved.map(({ name, copy }) => ({
    name,
    size: copy.bytes,
    crc32: copy.crc32,
    modified: copy.createdAt,
  }));
}

/** The same for the same archive, byte for byte, so that half of one is completed by the other half of it. */
export function zipTag(entries: readonly ZipEntry[]): string {
  const facts = entries.map(({ name, size, crc32, modified }) => [name, size, crc32, modified]);
  return `"${createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32)}"`;
}

export async function countDownload(
  ctx: Context,
  { listing }: Pick<Visit, 'listing'>,
  visitorId: string,
): Promise<void> {
  await ctx.db
    .update(galleryVisitor)
    .set({ downloads: sql`${galleryVisitor.downloads} + 1`, lastDownloadAt: ctx.now() })
    .where(eq(galleryVisitor.id, visitorId));
  await publishListingEvent(ctx.db, ctx, { type: 'listing', listingId: listing.id });
}
