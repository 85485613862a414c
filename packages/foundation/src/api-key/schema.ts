import { z } from '@hono/zod-openapi';
import { isStorableText, NOT_BLANK, STORABLE_TEXT } from '../text/index.ts';
import { KEY_ENVIRONMENTS } from './table.ts';

export const keyName = z
  .string({ error: 'expected a name' })
  .trim()
  .min(1, 'expected a name')
  .max(80, 'expected at most 80 characters')
  .refine(isStorableText, STORABLE_TEXT)
  .openapi(NOT_BLANK);

export const keyEnvironment = z
  .enum(KEY_ENVIRONMENTS, { error: 'expected live or test' })
  .default('live');

/** Some of a product's scopes, in their order. */
export const keyScopes = <const S extends readonly [string, ...string[]]>(scopes: S) =>
  z
    .array(z.enum(scopes, { error: `expected some of ${scopes.join(', ')}` }))
    .min(1, 'expected at least one scope')
    .transform((wanted) =>
      scopes.filter((scope): scope is S[number] => wanted.some((each) => each === scope)),
    );

/** Null for a key that lasts until it is revoked. */
export const keyEnd = z.coerce.date({ error: 'expected a time' }).nullable().default(null);

/** How long the old key works beside the new one, in hours. */
export const ROLL_OVERLAPS = [0, 1, 24, 168] as const;

export const overlapHours = z.literal([...ROLL_OVERLAPS], {
  error: `expected one of ${ROLL_OVERLAPS.join(', ')} hours`,
});
