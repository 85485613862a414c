import { anyId } from '@repo/foundation/organization';
import { z } from 'zod';

const color = z
  .string()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, 'expected a colour such as #1f6feb')
  .nullable();

export const OrganizationSettingsOf = z.object({ organizationId: anyId });
export type OrganizationSettingsOf = z.input<typeof OrganizationSettingsOf>;

/** What is left out stays. */
export const UpdateOrganizationSettings = OrganizationSettingsOf.extend({
  senderName: z
    .string()
    .trim()
    .max(80, 'expected at most 80 characters')
    .refine(
      (text) => text.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text),
      'expected one line',
    )
    .transform((text) => (text === '' ? null : text))
    .nullable()
    .optional(),
  accentColor: color.optional(),
  backgroundColor: color.optional(),
  watermarkUntilPaid: z.boolean().optional(),
  brandedGalleries: z.boolean().optional(),
});
export type UpdateOrganizationSettings = z.input<typeof UpdateOrganizationSettings>;
