import { isStorableText } from '@repo/foundation/text';
import { z } from 'zod';
import { appError } from '../errors.ts';

/** The largest that Postgres takes for a number of rows, and for a moment in milliseconds that has four digits of year. */
export const LAST = { position: 2_147_483_647, moment: Date.UTC(10_000, 0) - 1 };

const Place = z.tuple([z.int().min(0), z.string().max(100)]);

/** Where a page ended: a number that rows are in the order of, and the last row's id. */
export interface Place {
  at: number;
  id: string;
}

export function encodePlace({ at, id }: Place): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** @throws `validation_failed` for one that is not ours. */
export function decodePlace(cursor: string | undefined, last: number): Place | undefined {
  if (cursor === undefined) return undefined;
  const [at, id] = Place.safeParse(parsed(cursor)).data ?? [];
  if (at !== undefined && at <= last && id !== undefined && isStorableText(id)) return { at, id };
  throw appError(
    'validation_failed',
    'Expected "cursor" to be the nextCursor of an earlier page of this list.',
  );
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}
