import { z } from '@hono/zod-openapi';
import { KEY_SCOPES } from '../permission.ts';
import { anyId, isStorableText, NOT_BLANK, STORABLE_TEXT } from '../storable-text.ts';
import { KEY_ENVIRONMENTS } from './table.ts';

const keyName = z
  .string({ error: 'expected a name' })
  .trim()
  .min(1, 'expected a name')
  .max(80, 'expected at most 80 characters')
  .refine(isStorableText, STORABLE_TEXT)
  .openapi(NOT_BLANK);

export const CreateApiKey = z.strictObject({
  projectId: anyId,
  name: keyName,
  environment: z.enum(KEY_ENVIRONMENTS, { error: 'expected live or test' }).default('live'),
  scopes: z
    .array(z.enum(KEY_SCOPES, { error: `expected some of ${KEY_SCOPES.join(', ')}` }))
    .min(1, 'expected at least one scope')
    .transform((scopes) => KEY_SCOPES.filter((scope) => scopes.includes(scope))),
  /** Null for a key that lasts until it is revoked. */
  expiresAt: z.coerce.date({ error: 'expected a time' }).nullable().default(null),
});
export type CreateApiKey = z.input<typeof CreateApiKey>;

export const KeyRef = z.strictObject({ projectId: anyId, keyId: anyId });
export type KeyRef = z.input<typeof KeyRef>;

export const RenameApiKey = KeyRef.extend({ name: keyName });
export type RenameApiKey = z.input<typeof RenameApiKey>;

/** How long the old key works beside the new one, in hours. */
export const ROLL_OVERLAPS = [0, 1, 24, 168] as const;

export const RollApiKey = KeyRef.extend({
  overlapHours: z.literal([...ROLL_OVERLAPS], {
    error: `expected one of ${ROLL_OVERLAPS.join(', ')} hours`,
  }),
});
export type RollApiKey = z.input<typeof RollApiKey>;
