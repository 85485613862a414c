import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { requireListing } from '../listing/internal.ts';
import { FindKnownPhotos, type KnownPhoto } from './schema.ts';
import { photo } from './table.ts';

/** Which of these digests photos of the listing have already, so that nothing is uploaded twice unasked. */
export async function findKnownPhotos(ctx: Context, input: FindKnownPhotos): Promise<KnownPhoto[]> {
  const { listingId, digests } = FindKnownPhotos.parse(input);
  await requireListing(ctx, listingId, 'photo.upload');
  const rows = await ctx.db
    .select({ sha256: photo.sha256, name: photo.name })
    .from(photo)
    .where(
      and(
        eq(photo.listingId, listingId),
        inArray(photo.sha256, digests),
        // What was refused once is refused again, and says why.
        ne(photo.status, 'refused'),
        isNull(photo.deletedAt),
      ),
    );
  return rows.flatMap(({ sha256, name }) => (sha256 === null ? [] : { sha256, name }));
}
