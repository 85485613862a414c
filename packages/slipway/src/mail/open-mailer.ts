import { ConfigError } from '@repo/foundation/config';
import { createSmtpMailer, type Mailer } from '@repo/foundation/mail';
import type { SlipwayEnv } from '../env.ts';

/** Null without a mail server. */
export function openMailer({ SMTP_URL: url, SMTP_FROM: from }: SlipwayEnv): Mailer | null {
  if (url === undefined) return null;
  if (from === undefined)
    throw new ConfigError('SMTP_URL is set: expected SMTP_FROM as well, such as files@example.com');
  return createSmtpMailer({ url, from });
}
