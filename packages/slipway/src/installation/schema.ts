import { anyId, isStorableText, STORABLE_TEXT } from '@repo/foundation/text';
import { z } from 'zod';
import { AssignPlan } from '../plan/schema.ts';

export const ListInstallationOrganizations = z.object({
  /** A part of a name, an id, or a part of a member's address. */
  search: z
    .string()
    .trim()
    .max(200, 'expected at most 200 characters')
    .refine(isStorableText, STORABLE_TEXT)
    .optional(),
  plan: AssignPlan.shape.plan.optional(),
  cursor: anyId.optional(),
});
export type ListInstallationOrganizations = z.input<typeof ListInstallationOrganizations>;

export const InstallationOrganizationRef = z.object({ organizationId: anyId });
