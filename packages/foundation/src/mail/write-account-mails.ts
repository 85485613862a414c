import type { AccountMail, AccountMails } from '../auth/index.ts';
import type { Db } from '../db/index.ts';
import { passwordResetMail, verifyEmailMail } from './account-mails.ts';
import { type MailContext, writeMail } from './write-mail.ts';

interface Parts extends Omit<MailContext, 'now'> {
  db: Db;
  /** The product's name. */
  brand: string;
  accent?: string | undefined;
  publicUrl: string;
  /** The page that whoever confirmed their address sees. */
  confirmedPath: `/${string}`;
}

/** A second one within a minute is none: the link of the first works. */
const MINUTE_MS = 60_000;

/** The mails of sign-in. The library calls them outside of any transaction of ours. */
export function accountMails(parts: Parts): AccountMails {
  const { db, brand, accent, publicUrl, confirmedPath } = parts;
  const now = () => new Date();
  const write = async (
    kind: 'password_reset' | 'verify_email',
    { userId, email, url }: { userId: string; email: string; url: string },
  ) => {
    const content = await (kind === 'password_reset' ? passwordResetMail : verifyEmailMail)({
      ...{ brand, accent },
      url,
    });
    const minute = Math.floor(now().getTime() / MINUTE_MS);
    const dedupKey = `${kind}:${userId}:${email}:${minute}`;
    await db.transaction((tx) =>
      writeMail(tx, { ...parts, now }, { kind, dedupKey, recipient: email, content }),
    );
  };
  return {
    // Behind a #, so that the token gets into no log and no Referer.
    resetPassword: ({ token, ...mail }: AccountMail) =>
      write('password_reset', { ...mail, url: `${publicUrl}/reset-password#token=${token}` }),
    verifyEmail: ({ token, ...mail }: AccountMail) => {
      const query = new URLSearchParams({ token, callbackURL: confirmedPath });
      return write('verify_email', { ...mail, url: `${publicUrl}/api/auth/verify-email?${query}` });
    },
  };
}
