import { z } from 'zod';
import { anyId } from '../organization/schema.ts';

/** Which there are is the product's to say. */
const role = z.string({ error: 'expected a role' }).max(40, 'expected at most 40 characters');

export const InviteMember = z.object({
  organizationId: anyId,
  email: z
    .string({ error: 'expected an address' })
    .trim()
    .toLowerCase()
    .max(254, 'expected at most 254 characters')
    .pipe(z.email('expected an address such as ann@example.com')),
  role,
});
export type InviteMember = z.input<typeof InviteMember>;

export const InvitationRef = z.object({ organizationId: anyId, invitationId: anyId });
export type InvitationRef = z.input<typeof InvitationRef>;

export const MemberRef = z.object({ organizationId: anyId, userId: anyId });
export type MemberRef = z.input<typeof MemberRef>;

export const ChangeRole = MemberRef.extend({ role });
export type ChangeRole = z.input<typeof ChangeRole>;

/** What an invitation's link says. */
export const InvitationLink = z.object({
  invitationId: anyId,
  expires: z.string().max(20),
  signature: z.string().max(100),
});
export type InvitationLink = z.input<typeof InvitationLink>;
