import { z } from 'zod';
import { appError } from '../errors.ts';
import type { ListingSort } from './schema.ts';

const Place = z.tuple([z.string(), z.string().max(300), z.string().max(100)]);

/** Where a page ended: the order, what the last listing has there, and its id. */
export interface ListingPlace {
  sort: ListingSort;
  value: string;
  id: string;
}

export function encodePlace({ sort, value, id }: ListingPlace): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');
}

/** @throws `validation_failed` for one that is not ours, or of another order. */
export function decodePlace(cursor: string, sort: ListingSort): ListingPlace {
  const [of, value, id] = Place.safeParse(parsed(cursor)).data ?? [];
  if (of !== sort || value === undefined || id === undefined) throw cursorMismatch();
  if (`${value}${id}`.includes('\0') || !value.isWellFormed() || !id.isWellFormed())
    throw cursorMismatch();
  if ((sort === 'created' || sort === 'changed') && !isTime(value)) throw cursorMismatch();
  if (sort === 'shoot' && !z.iso.date().safeParse(value).success) throw cursorMismatch();
  return { sort, value, id };
}

const isTime = (text: string) => z.iso.datetime({ precision: 3 }).safeParse(text).success;

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}

export function cursorMismatch() {
  return appError(
    'validation_failed',
    'Expected "cursor" to be the nextCursor of an earlier page in the same order.',
  );
}
