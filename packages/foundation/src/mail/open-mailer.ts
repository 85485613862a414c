import { ConfigError } from '../config/index.ts';
import { addressOf, createSmtpMailer, type Mailer } from './mailer.ts';

/** Null without a mail server. */
export function openMailer({ url, from, name }: MailAddresses): Mailer | null {
  if (url === undefined) return null;
  if (from === undefined)
    throw new ConfigError('SMTP_URL is set: expected SMTP_FROM as well, such as files@example.com');
  return createSmtpMailer({
    url,
    from: name === undefined ? from : { name, address: addressOf(from) },
  });
}

interface MailAddresses {
  url: string | undefined;
  from: string | undefined;
  /** Instead of the name that `from` has. */
  name?: string;
}
