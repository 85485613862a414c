import { z } from 'zod';

/** Postgres keeps no NUL, and half of a surrogate pair is no character. */
const isStorable = (text: string) => text.isWellFormed() && !text.includes('\0');
const STORABLE = 'expected well-formed text without NUL characters';

export const organizationName = z
  .string({ error: 'expected a name' })
  .trim()
  .min(1, 'expected a name')
  .max(80, 'expected at most 80 characters')
  .refine(isStorable, STORABLE);

/** An id that somebody sends us; whether it names anything is the database's to say. */
export const anyId = z
  .string({ error: 'expected an id' })
  .max(200, 'expected at most 200 characters')
  .refine(isStorable, STORABLE);

export const CreateOrganization = z.object({ name: organizationName });
export type CreateOrganization = z.input<typeof CreateOrganization>;

export const RenameOrganization = z.object({
  organizationId: anyId,
  name: organizationName,
});
export type RenameOrganization = z.input<typeof RenameOrganization>;
