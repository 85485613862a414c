import { and, eq, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm';
import { type FileRow, file, UNFINISHED } from './table.ts';

/** Its name in `/f/…`, and what the API calls its key: the same for good, whichever object its bytes are in. */
export const addressOf = (row: Pick<FileRow, 'address' | 'key'>) => row.address ?? row.key;

/**
 * Of whichever file has the customId at the time. Test files have ids of their own: none of them is ever
 * served in the place of another one.
 */
export const latestPath = ({
  projectId,
  customId,
  isTest,
}: Pick<FileRow, 'projectId' | 'customId' | 'isTest'>): string | null =>
  customId === null || isDots(customId)
    ? null
    : `/f/${projectId}/${isTest ? 'test-id' : 'id'}/${encodeURIComponent(customId)}`;

/** No part of a path: browsers would take it out. */
const isDots = (customId: string) => customId === '.' || customId === '..';

/** The one file of an address. Two arms, because each has an index. */
export const hasAddress = (...addresses: string[]): SQL | undefined =>
  or(
    and(inArray(file.key, addresses), isNull(file.address)),
    and(isNotNull(file.address), inArray(file.address, addresses)),
  );

/** All files whose bytes are in one of these objects. */
export const standsOn = (...keys: string[]): SQL | undefined =>
  or(
    and(inArray(file.key, keys), isNull(file.address)),
    and(inArray(file.key, keys), isNotNull(file.address)),
  );

/** Files whose bytes have to stay: they are served, or may be again, or may be all that is left of them. */
export const needsBytes: SQL | undefined = or(
  inArray(file.status, [...UNFINISHED, 'ready']),
  isNotNull(file.trashedUntil),
  and(eq(file.status, 'failed'), isNull(file.erasedAt)),
);
