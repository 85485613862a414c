import { z } from 'zod';
import { anyId } from '../organization/index.ts';

/** As better-auth is told as well: see `checkName` there. */
export const RenameUser = z.object({
  name: z
    .string({ error: 'expected a name' })
    .trim()
    .min(1, 'expected a name')
    .max(80, 'expected at most 80 characters')
    .refine(
      (text) => text.isWellFormed() && !/\p{Cc}/u.test(text),
      'expected printable characters',
    ),
});
export type RenameUser = z.input<typeof RenameUser>;

export const SessionRef = z.object({ sessionId: anyId });
export type SessionRef = z.input<typeof SessionRef>;

export const DeleteAccount = z.object({
  /** The account's own address, typed by whoever means it. */
  confirmEmail: z.string().trim().toLowerCase().max(254),
});
export type DeleteAccount = z.input<typeof DeleteAccount>;
