import { anyId } from '@repo/foundation/text';
import { z } from 'zod';

export const DeleteOrganization = z.object({
  organizationId: anyId,
  /** Its name, typed once more. */
  confirmName: z.string().max(200, 'expected at most 200 characters'),
});
export type DeleteOrganization = z.input<typeof DeleteOrganization>;
