import { z } from 'zod';

export const Address = z.object({
  address: z
    .string()
    .trim()
    .min(1, 'Expected an address.')
    .max(200, 'Expected at most 200 characters.'),
});
