import { z } from 'zod';

const FROM = /^[^\r\n<>]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/;

/** Who mails come from. */
export const mailSender = z.string().refine((from) => FROM.test(from), {
  error: 'expected an address, or Name <address>',
});

/** Variables of products that send mails; spread in their schemas. */
export const mailEnv = {
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: 'expected an address such as smtp://user:password@host:587',
    })
    .optional()
    .describe(
      'Mail server: smtp://user:password@host:587, or smtps://; without it mails are kept and shown to admins',
    ),
  SMTP_FROM: mailSender
    .optional()
    .describe('Who mails come from: an address, or Name <address>; needed with SMTP_URL'),
};
