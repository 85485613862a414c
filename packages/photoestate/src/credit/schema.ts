import { z } from 'zod';

export const CreditsOf = z.object({ organizationId: z.string().max(64) });
export type CreditsOf = z.input<typeof CreditsOf>;

export const CreditUsageOf = CreditsOf.extend({
  /** Back from today, by days of UTC. */
  days: z.union([z.literal(7), z.literal(30), z.literal(90), z.literal(365)]).default(30),
});
export type CreditUsageOf = z.input<typeof CreditUsageOf>;

export const ListCreditEntries = CreditsOf.extend({
  cursor: z.int().min(1).optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListCreditEntries = z.input<typeof ListCreditEntries>;
