import type { Tx } from '@repo/foundation/db';
import { and, desc, eq, inArray, ne } from 'drizzle-orm';
import { renditionFor, specOf } from './rendition.ts';
import { type Derivative, derivative } from './table.ts';
import { readTransformText } from './transform.ts';

/** The most pictures that are kept of one file, beside its thumbnail. */
export const MAX_DERIVATIVES = 64;

/** What is made in advance: a picture of one size for everybody. */
export const THUMBNAIL = renditionFor(readTransformText('thumbnail'), undefined);

/**
 * The oldest pictures of a file make room for new ones: asking for ever other sizes neither fills the
 * storage nor keeps the sizes that a page needs from being made. Returns what is to be deleted.
 */
export async function evictDerivatives(
  tx: Tx,
  fileId: string,
): Promise<Pick<Derivative, 'key' | 'storageId'>[]> {
  const old = await tx
    .select({ spec: derivative.spec })
    .from(derivative)
    .where(and(eq(derivative.fileId, fileId), ne(derivative.spec, specOf(THUMBNAIL))))
    .orderBy(desc(derivative.createdAt))
    .offset(MAX_DERIVATIVES);
  if (old.length === 0) return [];
  const specs = old.map(({ spec }) => spec);
  return tx
    .delete(derivative)
    .where(and(eq(derivative.fileId, fileId), inArray(derivative.spec, specs)))
    .returning({ key: derivative.key, storageId: derivative.storageId });
}
