import { anyId } from '@repo/foundation/organization';
import { z } from 'zod';

const oneLine = (text: string) => text.isWellFormed() && !/\p{Cc}/u.test(text);

export const ListCreditHolders = z.object({
  /** A part of a name, an id, or a part of a member's address. */
  search: z.string().trim().max(200).refine(oneLine, 'expected one line').optional(),
  cursor: anyId.optional(),
});
export type ListCreditHolders = z.input<typeof ListCreditHolders>;

export const GiveCredits = z.object({
  organizationId: anyId,
  credits: z
    .int('expected a whole number')
    .min(1, 'expected at least 1')
    .max(1_000_000, 'expected at most 1,000,000'),
  reason: z
    .string({ error: 'expected a reason' })
    .trim()
    .min(1, 'expected a reason')
    .max(200, 'expected at most 200 characters')
    .refine(oneLine, 'expected one line'),
  /** Days after which they are gone; null for never. */
  days: z.int().min(1).max(3650).nullable().default(null),
  /** Made up by whoever asks, the same when they ask again: the grant happens once. */
  reference: z
    .string()
    .min(8, 'expected at least 8 characters')
    .max(64)
    .regex(/^[\w-]+$/, 'expected letters, digits and dashes'),
});
export type GiveCredits = z.input<typeof GiveCredits>;
