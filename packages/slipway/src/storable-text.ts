import { z } from '@hono/zod-openapi';

/**
 * True for text that Postgres can keep as it is. A NUL fits neither `text` nor `jsonb`, and half of
 * a surrogate pair is refused by `jsonb`: both would be our failure instead of the caller's.
 */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

export const STORABLE_TEXT = 'expected well-formed text without NUL characters';

/** An id or key that somebody sends us; whether it names anything is the database's to say. */
export const anyId = z
  .string({ error: 'expected an id' })
  .max(200, 'expected at most 200 characters')
  .refine(isStorableText, STORABLE_TEXT);
