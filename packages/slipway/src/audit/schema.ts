import { anyId } from '@repo/foundation/text';
import { z } from 'zod';

const instant = z.coerce.date({ error: 'expected a time' });

export const AuditFilter = z.object({
  organizationId: anyId,
  /** One entry, by its id: what a link to it asks for. */
  entryId: anyId.optional(),
  /** The id of a user, a key or a job. */
  actorId: anyId.optional(),
  /** A whole action, `api_key.rolled`, or what it is done to, `api_key`. */
  action: z
    .string()
    .regex(/^[a-z_]{1,40}(\.[a-z_]{1,40})?$/, 'expected an action such as api_key.rolled')
    .optional(),
  /** From this moment on. */
  from: instant.optional(),
  /** Before this moment. */
  to: instant.optional(),
});
export type AuditFilter = z.input<typeof AuditFilter>;

export const ListAudit = AuditFilter.extend({
  limit: z.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).nullish(),
});
export type ListAudit = z.input<typeof ListAudit>;
