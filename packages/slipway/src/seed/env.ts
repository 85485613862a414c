import { z } from 'zod';
import { looksLikeApiKey } from '../api-key/look.ts';

const newKey = z
  .string({ error: 'expected sk_live_ and 32 letters or digits' })
  .refine(looksLikeApiKey, 'expected sk_live_ and 32 letters or digits');

/** What a seed is told. Keys come from outside: whoever has kept one can seed again after a crash. */
export const SeedEnv = z.object({
  SLIPWAY_API_KEY: newKey.describe('The key that PhotoEstate Pro’s project gets'),
  SEED_DEMO_EMAIL: z.string().default('demo@slipway.local'),
  /** No demo without it. */
  SEED_DEMO_PASSWORD: z.string().optional(),
  SEED_DEMO_API_KEY: newKey.optional(),
});
export type SeedEnv = z.infer<typeof SeedEnv>;
