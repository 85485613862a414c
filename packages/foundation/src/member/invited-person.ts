import { eq } from 'drizzle-orm';
import { user } from '../auth/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { appError } from '../errors/index.ts';
import type { MemberContext } from './context.ts';

/** Why the signed-in person cannot accept an invitation that is good otherwise. */
export type Obstacle = 'other_address' | 'unconfirmed';

/**
 * A link can be passed on, read over a shoulder, or be found in a mailbox that is somebody else's by now:
 * it lets in whoever has the invited address, and only them. That it is theirs has to be confirmed where
 * mails are sent; without a mail server nobody can, and the inviter passes the link on by hand.
 */
export async function obstacleOf(
  db: Db | Tx,
  { mailer }: Pick<MemberContext, 'mailer'>,
  { userId, invited }: { userId: string; invited: string },
): Promise<{ obstacle: Obstacle | null; email: string }> {
  const [person] = await db
    .select({ email: user.email, emailVerified: user.emailVerified })
    .from(user)
    .where(eq(user.id, userId));
  if (person === undefined) throw appError('unauthenticated', 'Sign in first.');
  const { email, emailVerified } = person;
  if (email.toLowerCase() !== invited) return { obstacle: 'other_address', email };
  if (mailer !== null && !emailVerified) return { obstacle: 'unconfirmed', email };
  return { obstacle: null, email };
}

export function refusalOf(
  obstacle: Obstacle,
  { invited, email }: { invited: string; email: string },
) {
  if (obstacle === 'other_address')
    return appError(
      'invitation_other_address',
      `This invitation is for ${invited}, and you are signed in as ${email}. Sign in, or sign up, with ${invited}; or ask for an invitation of ${email}.`,
    );
  return appError(
    'address_unconfirmed',
    `Confirm first that ${email} is yours: open the link in the mail that you got when you signed up, or have it sent again.`,
  );
}
