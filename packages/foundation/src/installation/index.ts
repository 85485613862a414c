import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { user } from '../auth/index.ts';
import type { BaseContext } from '../context/index.ts';
import { appError } from '../errors/index.ts';
import type { Mailer } from '../mail/index.ts';

/** `ADMIN_EMAILS`: addresses, separated by commas, in small letters. */
export const adminEmails = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((email) => email.trim().toLowerCase()))
  .transform((emails) => emails.filter((email) => email !== ''));

export interface InstallationContext extends BaseContext {
  mailer: Mailer | null;
  config: { adminEmails: readonly string[] };
}

/** @throws `not_found` for everybody but admins of the installation: for others it has no such pages. */
export async function requireInstallationAdmin(ctx: InstallationContext): Promise<void> {
  if (ctx.actor.type !== 'user') throw appError('unauthenticated', 'Sign in first.');
  if (!(await isInstallationAdmin(ctx)))
    throw appError(
      'not_found',
      'There is nothing here for this account. What is about the whole installation is for its admins: those in ADMIN_EMAILS, with a confirmed address where mails are sent; without that list whoever signed up first.',
    );
}

/**
 * One of `ADMIN_EMAILS`; where there are none, whoever signed up first. Where mails are sent the address
 * has to be confirmed: anybody could have signed up with it.
 */
export async function isInstallationAdmin({
  actor,
  config,
  db,
  mailer,
}: InstallationContext): Promise<boolean> {
  if (actor.type !== 'user') return false;
  if (config.adminEmails.length === 0) {
    const [first] = await db
      .select({ id: user.id })
      .from(user)
      .orderBy(asc(user.createdAt), asc(user.id))
      .limit(1);
    return first?.id === actor.userId;
  }
  if (!config.adminEmails.includes(actor.email.toLowerCase())) return false;
  if (mailer === null) return true;
  const [own] = await db
    .select({ emailVerified: user.emailVerified })
    .from(user)
    .where(eq(user.id, actor.userId));
  return own?.emailVerified === true;
}
