import type { SignedParams } from '@repo/foundation/url-signer';
import type { FileRow } from '../file/table.ts';

/** How long caches may answer by themselves; afterwards the ETag makes asking again cheap. */
const CACHE_SECONDS = 300;
const YEAR_SECONDS = 31_536_000;
/** So much of a digest that nobody meets another one by chance. */
const VERSION_LENGTH = 16;

/** What `?v=` may be for this file: the beginning of its digest, or its id where it has none. */
export function versionOf({ sha256, id }: Pick<FileRow, 'sha256' | 'id'>): string {
  return sha256?.slice(0, VERSION_LENGTH) ?? id;
}

interface Request {
  row: FileRow;
  signed: SignedParams | undefined;
  /** The query's `v`. */
  version: string | undefined;
  now: Date;
}

/**
 * How long an answer with a file's bytes may be kept.
 *
 * The bytes behind an address never change: nothing is overwritten, and what is made from a picture
 * has its parameters in its address. What changes is whether they may be had at all. Hence three rules:
 *
 * - A public file: five minutes everywhere. One that is deleted or made private is gone from caches by
 *   then, and until then an ETag makes asking again cheap.
 * - A public file with `?v=<beginning of its SHA-256>`: whoever wrote the page says that its visitors
 *   may keep it. Their browsers do, for a year and without asking (`immutable`): they have the bytes
 *   anyway, and nothing takes them away again. Caches that serve others (`s-maxage`) still ask after
 *   five minutes, so that no `v` of anybody keeps a deleted file in a CDN.
 * - By a signed URL: for whoever has it (`private`), and never longer than the URL is good.
 */
export function cacheControl({ row, signed, version, now }: Request): string {
  if (signed !== undefined) {
    const left = Math.floor(Number(signed['expires']) - now.getTime() / 1000);
    return `private, max-age=${Math.max(0, Math.min(CACHE_SECONDS, left))}`;
  }
  return version === versionOf(row)
    ? `public, max-age=${YEAR_SECONDS}, s-maxage=${CACHE_SECONDS}, immutable`
    : `public, max-age=${CACHE_SECONDS}, must-revalidate`;
}
