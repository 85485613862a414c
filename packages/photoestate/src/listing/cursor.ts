import { isStorableText } from '@repo/foundation/text';
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
  if (!isStorableText(value) || !isStorableText(id)) throw cursorMismatch();
  if (sort !== 'address' && !isPlaceInTime(value, sort)) throw cursorMismatch();
  return { sort, value, id };
}

/** Years are from 1 for Postgres, and from 0 for whoever checks the form. */
const FIRST_DAY = '0001-01-01';

function isPlaceInTime(text: string, sort: Exclude<ListingSort, 'address'>): boolean {
  const form = sort === 'shoot' ? z.iso.date() : z.iso.datetime({ precision: 3 });
  return form.safeParse(text).success && text >= FIRST_DAY;
}

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
