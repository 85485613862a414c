import type { Tx } from '@repo/foundation/db';
import { and, desc, eq, inArray, ne } from 'drizzle-orm';
import { renditionFor, specOf } from './rendition.ts';
import { type Derivative, derivative } from './table.ts';
import { readTransformText } from './transform.ts';

/** The most pictures that are kept of one file, beside its thumbnail. */
export const MAX_DERIVATIVES = 64;

/** What is made in advance: a picture of one size for everybody. */
export const THUMBNAIL = renditionFor(readTransformText('thumbnail'), undefined);

/** So many bytes they have at most, whatever their formats. */
const MAX_BYTES = 64 * 1024 ** 2;

/**
 * The oldest pictures of a file make room for new ones: asking for ever other sizes neither fills the
 * storage nor keeps the sizes that a page needs from being made. Returns what is to be deleted.
 */
export async function evictDerivatives(
  tx: Tx,
  fileId: string,
): Promise<Pick<Derivative, 'key' | 'storageId'>[]> {
  const kept = await tx
    .select({ spec: derivative.spec, size: derivative.size })
    .from(derivative)
    .where(and(eq(derivative.fileId, fileId), ne(derivative.spec, specOf(THUMBNAIL))))
    .orderBy(desc(derivative.createdAt));
  let bytes = 0;
  const specs = kept
    .filter(({ size }, index) => {
      bytes += size;
      return index >= MAX_DERIVATIVES || (index > 0 && bytes > MAX_BYTES);
    })
    .map(({ spec }) => spec);
  if (specs.length === 0) return [];
  return tx
    .delete(derivative)
    .where(and(eq(derivative.fileId, fileId), inArray(derivative.spec, specs)))
    .returning({ key: derivative.key, storageId: derivative.storageId });
}
