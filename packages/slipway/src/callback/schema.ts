import { z } from '@hono/zod-openapi';
import { isStorableText, queryNumber, STORABLE_TEXT, WITHOUT_NUL } from '@repo/foundation/text';
import { CALLBACK_STATES } from './table.ts';

/** Bytes in base64: an HMAC secret as Standard Webhooks writes them, of 24 to 64 bytes. */
const SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

const isHttp = (url: string) => /^https?:\/\//i.test(url) && URL.canParse(url);

/** Whom to tell that a file is ready. Known to whoever holds the secret key, never to a browser. */
export const UploadCallback = z
  .strictObject({
    url: z
      .string()
      .max(2048, 'expected at most 2048 characters')
      .refine(isHttp, 'expected an address such as https://app.example.com/api/slipway')
      .openapi({ format: 'uri' }),
    secret: z.string().regex(SECRET, 'expected whsec_ and 24 to 64 bytes in base64').openapi({
      description: 'Messages are signed with it (Standard Webhooks); kept sealed, never shown',
    }),
    data: z
      .string()
      .max(65_536, 'expected at most 65536 characters')
      .refine(isStorableText, STORABLE_TEXT)
      .default('')
      .openapi({ ...WITHOUT_NUL, description: 'Sent back with the message' }),
  })
  .openapi('UploadCallback');

export const CallbackQuery = z.strictObject({
  waitSeconds: queryNumber('expected a number of seconds', (seconds) =>
    seconds.min(0, 'expected at least 0 seconds').max(25, 'expected at most 25 seconds').default(0),
  ).openapi({ description: 'Wait so long for an answer that is not there yet' }),
});

export const CallbackState = z
  .object({
    state: z.enum(['none', ...CALLBACK_STATES]).openapi({
      description:
        'none: nobody asked for one; waiting: the file is not ready yet; pending: the server is told until it answers; failed: it was told in vain; unreachable: not an address of the public internet',
    }),
    result: z.unknown().openapi({ description: 'What the server answered, once done' }),
    attempts: z.number().int(),
    error: z.string().nullable().openapi({ description: 'Of the last attempt' }),
    tries: z
      .array(
        z.object({
          number: z.number().int(),
          at: z.iso.datetime(),
          durationMs: z.number().int(),
          status: z.number().int().nullable().openapi({ description: 'Null of no answer' }),
          problem: z.string().nullable(),
        }),
      )
      .openapi({ description: 'As they were sent and answered; kept as long as logs are' }),
  })
  .openapi('CallbackState');
export type CallbackState = z.infer<typeof CallbackState>;

/** Far more than there ever are; a number that the database can compare. */
const MOST_ATTEMPTS = 1_000_000;

export const ClaimCallback = z
  .strictObject({
    attempt: z
      .number({ error: 'expected the number of the attempt' })
      .int()
      .min(1)
      .max(MOST_ATTEMPTS)
      .openapi({ description: 'As in the message' }),
  })
  .openapi('CallbackClaim');
export type ClaimCallback = z.input<typeof ClaimCallback>;
