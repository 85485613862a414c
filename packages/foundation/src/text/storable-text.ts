import { z } from '@hono/zod-openapi';

/**
 * True for text that Postgres can keep as it is. A NUL fits neither `text` nor `jsonb`, and half of
 * a surrogate pair is refused by `jsonb`: both would be our failure instead of the caller's.
 */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

export const STORABLE_TEXT = 'expected well-formed text without NUL characters';

/** The same for the API's description, where JSON is well-formed anyway. */
export const WITHOUT_NUL = { pattern: String.raw`^[^\u0000]*$` };

/** Of text that is trimmed, and must not be empty then. */
export const NOT_BLANK = { pattern: String.raw`^[^\u0000]*[^\s\u0000][^\u0000]*$` };

/** A moment. */
export const instant = z.iso
  .datetime({ offset: true, error: 'expected a time such as 2026-01-31T00:00:00Z' })
  .transform((value) => new Date(value));

/** An id or key that somebody sends us; whether it names anything is the database's to say. */
export const anyId = z
  .string({ error: 'expected an id' })
  .max(200, 'expected at most 200 characters')
  .refine(isStorableText, STORABLE_TEXT)
  .openapi(WITHOUT_NUL);
