import { user } from '@repo/foundation/auth';
import { asc, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';

/** @throws `not_found` for everybody but admins of the installation: for others it has no such pages. */
export async function requireInstallationAdmin(ctx: SlipwayContext): Promise<void> {
  if (ctx.actor.type !== 'user') throw slipwayError('unauthenticated', 'Sign in first.');
  if (!(await isInstallationAdmin(ctx)))
    throw slipwayError(
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
}: SlipwayContext): Promise<boolean> {
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
