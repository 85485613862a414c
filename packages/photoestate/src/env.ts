import { isAbsolute, resolve } from 'node:path';
import { baseUrl, port, role, secret, sharedEnv } from '@repo/foundation/config';
import { privateTargets } from '@repo/foundation/guarded-fetch';
import { adminEmails } from '@repo/foundation/installation';
import { mailEnv, mailSender } from '@repo/foundation/mail';
import { rateVariable } from '@repo/foundation/rate-limit';
import { keyRing } from '@repo/foundation/sealing';
import { z } from 'zod';

/** PhotoEstate Pro's configuration. `npm start` sets what has no default here. */
export const PhotoestateEnv = z.object({
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'expected an address such as postgres://user:password@host:5432/photoestate',
    })
    .describe('Postgres 15 or newer; not the database of Slipway'),
  PHOTOESTATE_SECRET: secret.describe(
    'Signs sessions and upload tokens; at least 32 characters, the same in every process',
  ),
  PHOTOESTATE_URL: baseUrl
    .default('http://127.0.0.1:3001')
    .describe('The public address, without a slash at its end'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all'),
  PHOTOESTATE_PORT: port.default(3001).describe('Port to listen on'),
  PHOTOESTATE_ROLE: role
    .default('all')
    .describe('What this process does: all, web (pages), api, or worker (jobs)'),
  DATA_DIR: z
    .string()
    .default('.data/photoestate')
    .transform((path) => (isAbsolute(path) ? path : resolve(path)))
    .describe('Where a worker keeps the photos that it works on; emptied as it goes'),
  SLIPWAY_URL: baseUrl
    .default('http://127.0.0.1:3000')
    .describe('The Slipway that keeps the photos'),
  SLIPWAY_API_KEY: z
    .string({ error: 'expected a secret key of a Slipway project, sk_live_…' })
    .regex(/^sk_/, 'expected a secret key of a Slipway project, sk_live_…')
    .describe('Secret key of the Slipway project that keeps the photos'),
  ENGINE_MAX_SECONDS: z.coerce
    .number({ error: 'expected a number of seconds' })
    .int()
    .min(10, 'expected at least 10 seconds')
    .max(840, 'expected at most 840 seconds')
    .default(600)
    .describe('A photo that takes longer than this is given up'),
  ENGINE_MAX_MEMORY_MB: z.coerce
    .number({ error: 'expected a number of megabytes' })
    .int()
    .min(512, 'expected at least 512 MB')
    .default(4096)
    .describe(
      'An engine process that takes more memory than this is stopped; 24 megapixels take 600 MB, 61 take 1.3 GB',
    ),
  ENGINE_CONCURRENCY: z.coerce
    .number({ error: 'expected a number of photos' })
    .int()
    .min(1, 'expected at least 1')
    .max(64, 'expected at most 64')
    .optional()
    .describe('Photos that a worker enhances at once; left out: what its cores and memory allow'),
  STARTING_CREDITS: z.coerce
    .number({ error: 'expected a number of credits' })
    .int()
    .min(1, 'expected at least 1')
    .max(1_000_000_000, 'expected at most 1,000,000,000')
    .default(1_000_000)
    .describe(
      'Credits that every new organization begins with, whoever signed up; a finished photo costs one',
    ),
  ADMIN_EMAILS: adminEmails.describe(
    'Who looks after the whole installation, separated by commas; when empty, whoever signed up first',
  ),
  ...mailEnv,
  PHOTOESTATE_SMTP_FROM: mailSender
    .optional()
    .describe(
      'Who mails of PhotoEstate Pro come from; when empty, its name at the address of SMTP_FROM',
    ),
  ENCRYPTION_KEYS: keyRing
    .optional()
    .describe(
      'Seal webhook secrets: id:64 hex digits, newest first, separated by commas; without them there are no webhooks',
    ),
  ALLOW_PRIVATE_TARGETS: privateTargets
    .prefault('none')
    .describe(
      'Networks inside that webhooks may reach, also by http: 10.1.0.0/16,::1/128, all, or none; `npm start` allows this machine while it serves it alone',
    ),
  RATE_LIMIT_PER_KEY: rateVariable
    .prefault('600/60')
    .describe('API calls of each key: calls/seconds, or off'),
  RATE_LIMIT_PER_ORGANIZATION: rateVariable
    .prefault('3000/60')
    .describe('API calls of all keys of an organization together: calls/seconds, or off'),
  C2PA_CERT: z
    .string()
    .optional()
    .describe(
      'PEM file of the certificates that sign Content Credentials (C2PA) into finished photos, the own one first; with C2PA_KEY',
    ),
  C2PA_KEY: z
    .string()
    .optional()
    .describe('PEM file of its private key: P-256, P-384, Ed25519 or RSA'),
  ...sharedEnv,
});
export type PhotoestateEnv = z.infer<typeof PhotoestateEnv>;
