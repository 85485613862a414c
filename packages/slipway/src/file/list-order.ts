import { isStorableText } from '@repo/foundation/text';
import { asc, desc, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { slipwayError } from '../errors.ts';
import { isStorableTime, type ListFiles } from './list-schema.ts';
import { type FileRow, file } from './table.ts';

type Query = z.output<typeof ListFiles>;

const COLUMNS = { created: file.createdAt, name: file.name, size: file.size };

const isDescending = ({ sort, direction }: Query) =>
  (direction ?? (sort === 'name' ? 'asc' : 'desc')) === 'desc';

/** With the id behind it, so that files of one name, size or moment have an order, too. */
export function orderOf(query: Query): SQL[] {
  const towards = isDescending(query) ? desc : asc;
  return [towards(COLUMNS[query.sort]), towards(file.id)];
}

/** The same where it was selected as `place`. */
export function placeOf(query: Query): SQL {
  return sql.raw(isDescending(query) ? 'place desc, id desc' : 'place, id');
}

export const sortedBy = ({ sort }: Query) => COLUMNS[sort];

export function encodeCursor(row: FileRow, { sort }: Query): string {
  if (sort === 'created') return encode(`${row.createdAt.getTime()}.${row.id}`);
  return encode(JSON.stringify([sort, row[sort], row.id]));
}

const encode = (text: string) => Buffer.from(text).toString('base64url');

/** What comes behind the cursor, in the order of the query. */
export function afterCursor(query: Query): SQL | undefined {
  if (query.cursor === undefined) return undefined;
  const text = Buffer.from(query.cursor, 'base64url').toString();
  const at = query.sort === 'created' ? momentOf(text) : sortValueOf(text, query.sort);
  if (at === null) {
    throw slipwayError(
      'validation_failed',
      'Expected "cursor" to be the nextCursor of an earlier page of the same order.',
    );
  }
  const comparison = sql.raw(isDescending(query) ? '<' : '>');
  return sql`(${COLUMNS[query.sort]}, ${file.id}) ${comparison} (${at.value}, ${at.id})`;
}

interface Position {
  value: SQL;
  id: string;
}

function momentOf(text: string): Position | null {
  const [, milliseconds, id] = /^(\d{1,15})\.(file_\w+)$/.exec(text) ?? [];
  const time = new Date(Number(milliseconds));
  if (id === undefined || !isStorableTime(time)) return null;
  return { value: sql`${time.toISOString()}::timestamptz`, id };
}

function sortValueOf(text: string, sort: 'name' | 'size'): Position | null {
  const parts = parse(text);
  if (!Array.isArray(parts) || parts.length !== 3 || parts[0] !== sort) return null;
  const [, value, id] = parts as unknown[];
  if (typeof id !== 'string' || !/^file_\w+$/.test(id)) return null;
  if (sort === 'size')
    return Number.isSafeInteger(value) ? { value: sql`${value}::bigint`, id } : null;
  return typeof value === 'string' && isStorableText(value)
    ? { value: sql`${value}::text`, id }
    : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
