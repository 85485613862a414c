import { eq, or, type SQL, sql } from 'drizzle-orm';
import { hasAddress } from './address.ts';
import { hasCustomId } from './custom-id.ts';
import { file } from './table.ts';

export const escapeLike = (text: string) => text.replace(/[\\%_]/g, (char) => `\\${char}`);

/** So many letters are few files' only; each one more is one more look into the index, and a whole name has fifty. */
const ENOUGH = 16;

/** Part of a text, whatever the case. The index looks for the middle of a long one, whose ends many may share. */
function holds(column: SQL, text: string): SQL {
  const whole = `%${escapeLike(text)}%`;
  const letters = [...text];
  const from = Math.max(0, Math.floor((letters.length - ENOUGH) / 2));
  const middle = letters.slice(from, from + ENOUGH).join('');
  // Of signs alone the index knows nothing.
  const isEnough = letters.length > ENOUGH && /[\p{L}\p{N}]{3}/u.test(middle);
  if (!isEnough) return sql`${column} ilike ${whole}`;
  return sql`(${column} ilike ${`%${escapeLike(middle)}%`} and ${column} || '' ilike ${whole})`;
}

/** What an index of trigrams can find: anywhere by three letters, by fewer the beginnings of words. */
function isNamed(text: string): SQL | undefined {
  if (isShort(text)) {
    const part = escapeLike(text);
    const beginnings = ['', '% ', '%-', '%\\_'].map((before) => sql`${`${before}${part}%`}`);
    return sql`${file.name} ilike any (array[${sql.join(beginnings, sql`, `)}])`;
  }
  return holds(sql`${file.name}`, text);
}

const isShort = (text: string) => [...text].length < 3;

/**
 * Part of a text among the metadata's values, or a whole number. The index finds the letters anywhere in
 * the metadata, names of fields included; the path looks again, at the values alone.
 */
function hasValue(text: string): SQL | undefined {
  if (isShort(text)) return undefined;
  const written = JSON.stringify(text).slice(1, -1);
  const number = /^-?\d{1,15}(\.\d{1,10})?$/.test(text) ? ` || @ == ${Number(text)}` : '';
  const path = `$.* ? (@ like_regex ${JSON.stringify(text)} flag "iq"${number})`;
  return sql`(${file.metadata} <> '{}' and ${holds(sql`(${file.metadata}::text)`, written)} and jsonb_path_exists(${file.metadata}, ${path}::jsonpath))`;
}

export const tagged = (tag: string): SQL => sql`${file.tags} @> array[${tag}]::text[]`;

/** Each arm of it has an index of its own. */
export function matches(text: string): SQL | undefined {
  if (/^file_\w{22}$/.test(text)) return eq(file.id, text);
  return or(
    isNamed(text),
    hasValue(text),
    tagged(text),
    hasCustomId(text),
    text.includes('/') ? hasAddress(text) : undefined,
  );
}
