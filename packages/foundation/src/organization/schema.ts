import { z } from 'zod';

export const organizationName = z
  .string({ error: 'expected a name' })
  .trim()
  .min(1, 'expected a name')
  .max(80, 'expected at most 80 characters');

export const CreateOrganization = z.object({ name: organizationName });
export type CreateOrganization = z.input<typeof CreateOrganization>;

export const RenameOrganization = z.object({ organizationId: z.string(), name: organizationName });
export type RenameOrganization = z.input<typeof RenameOrganization>;
