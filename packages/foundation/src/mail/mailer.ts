import { createTransport } from 'nodemailer';

export interface OutgoingMail {
  id: string;
  recipient: string;
  senderName: string | null;
  subject: string;
  html: string;
  text: string;
  unsubscribeUrl: string | null;
}

/** Hands mails to a mail server. */
export interface Mailer {
  /** @throws MailRefused for what no later try will change. */
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

/** The server refused the mail for good, such as for an address that does not exist. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}

/** As text, `Name <address>` or an address; or with a name that is never read as an address. */
type Sender = string | { name: string; address: string };

/** The address in `Name <address>`. */
export const addressOf = (from: string): string =>
  /([^\s<>@]+@[^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? from;

const TIMEOUT_MS = 20_000;

/** `url`: smtp://user:password@host:587, or smtps:// for TLS from the first byte. */
export function createSmtpMailer({ url, from }: { url: string; from: Sender }): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // Nothing in a mail may make this process read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const address = typeof from === 'string' ? addressOf(from) : from.address;
  const domain = address.split('@')[1] ?? 'localhost';

  return {
    async send({ id, recipient, senderName, subject, html, text, unsubscribeUrl }) {
      try {
        await transport.sendMail({
          // As an object: a name is never read as an address.
          from: senderName === null ? from : { name: senderName, address },
          // As an object: an address is never read as a list of several.
          to: { name: '', address: recipient },
          subject,
          html,
          text,
          // The same at every try, so that a mailbox can tell the second one.
          messageId: `<${id}@${domain}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            ...(unsubscribeUrl !== null && {
              'List-Unsubscribe': { prepared: true, value: `<${unsubscribeUrl}>` },
              'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            }),
          },
        });
      } catch (error) {
        if (isFinal(error)) throw new MailRefused(messageOf(error), { cause: error });
        throw error;
      }
    },
    close: () => transport.close(),
  };
}

/** 5xx to the recipient or the message; a 5xx to the sign-in is a wrong password of ours, which can be mended. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = Reflect.get(error, 'responseCode');
  const kind: unknown = Reflect.get(error, 'code');
  return typeof code === 'number' && code >= 500 && (kind === 'EENVELOPE' || kind === 'EMESSAGE');
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'unknown');
