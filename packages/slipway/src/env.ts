import { isAbsolute, resolve } from 'node:path';
import { baseUrl, port, role, secret, sharedEnv } from '@repo/foundation/config';
import { privateTargets } from '@repo/foundation/guarded-fetch';
import { adminEmails } from '@repo/foundation/installation';
import { mailEnv } from '@repo/foundation/mail';
import { rateVariable } from '@repo/foundation/rate-limit';
import { keyRing } from '@repo/foundation/sealing';
import { z } from 'zod';
import { looksLikeApiKey } from './api-key/look.ts';
import { PLAN_NAMES } from './plan/plans.ts';
import { parseClamdAddress } from './scan/clamd-address.ts';

const optional = () => z.string().optional();

/** Slipway's configuration. `npm start` sets what has no default here. */
export const SlipwayEnv = z.object({
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'expected an address such as postgres://user:password@host:5432/slipway',
    })
    .describe('Postgres 15 or newer'),
  SLIPWAY_SECRET: secret.describe(
    'Signs sessions and URLs; at least 32 characters, the same in every process',
  ),
  SLIPWAY_URL: baseUrl
    .default('http://127.0.0.1:3000')
    .describe('The public address, without a slash at its end'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all'),
  SLIPWAY_PORT: port.default(3000).describe('Port to listen on'),
  SLIPWAY_ROLE: role
    .default('all')
    .describe('What this process does: all, web (pages), api, or worker (jobs)'),
  DATA_DIR: z
    .string()
    .default('.data/slipway')
    .transform((path) => (isAbsolute(path) ? path : resolve(path)))
    .describe('Where files are stored when no S3 is set'),
  S3_BUCKET: optional().describe('Store files in this S3 bucket instead of on disk'),
  S3_ENDPOINT: z
    .url({ error: 'expected an address' })
    .optional()
    .describe('S3 address of anything but AWS'),
  S3_REGION: z.string().default('us-east-1').describe('S3 region; "auto" for R2'),
  S3_ACCESS_KEY_ID: optional().describe('S3 credentials'),
  S3_SECRET_ACCESS_KEY: optional(),
  S3_FORCE_PATH_STYLE: z
    .enum(['true', 'false'], { error: 'expected true or false' })
    .default('true')
    .transform((value) => value === 'true')
    .describe('Bucket in the path (true) or in the host name (false)'),
  UPLOAD_URL_TTL_SECONDS: z.coerce
    .number({ error: 'expected a number of seconds' })
    .int()
    .min(60, 'expected at least 60 seconds')
    .max(604_800, 'expected at most 7 days')
    .default(3600)
    .describe('How long an upload may be started after its URL was made'),
  UPLOAD_SESSION_TTL_SECONDS: z.coerce
    .number({ error: 'expected a number of seconds' })
    .int()
    .min(60, 'expected at least 60 seconds')
    .max(2_592_000, 'expected at most 30 days')
    .default(604_800)
    .describe('How long an upload in parts, or by tus, may take altogether'),
  RATE_LIMIT_PER_PROJECT: rateVariable
    .optional()
    .describe(
      'API calls of each project: calls/seconds, such as 6000/60, or off; else its plan says',
    ),
  RATE_LIMIT_PER_KEY: rateVariable
    .optional()
    .describe('API calls of each key: calls/seconds, or off; else its project’s plan says'),
  DEFAULT_PLAN: z
    .enum(PLAN_NAMES, { error: `expected one of ${PLAN_NAMES.join(', ')}` })
    .default('self_host')
    .describe('The plan of organizations to which nobody gave one; self_host has no limits'),
  ADMIN_EMAILS: adminEmails.describe(
    'Who looks after the whole installation, separated by commas; when empty, whoever signed up first',
  ),
  ...mailEnv,
  DEMO_API_KEY: z
    .string()
    .refine(looksLikeApiKey, { error: 'expected sk_live_ or sk_test_ and 32 letters or digits' })
    .optional()
    .describe(
      'Lets visitors of the front page try an upload with this key; give it the scope upload alone. `npm start` takes the demo’s while it serves this machine alone',
    ),
  SCRUB_DAYS: z.coerce
    .number({ error: 'expected a number of days' })
    .int()
    .min(0, 'expected 0 or more days')
    .max(3650)
    .default(30)
    .describe('Files on disk are read back and compared with their digest this often; 0 for never'),
  ORPHAN_GRACE_SECONDS: z.coerce
    .number({ error: 'expected a number of seconds' })
    .int()
    .min(0, 'expected 0 or more seconds')
    .default(86_400)
    .describe('Objects that belong to no file are removed when they are older than this'),
  CLAMD_URL: z
    .string()
    .refine((url) => parseClamdAddress(url) !== undefined, {
      error: 'expected tcp://host:3310 or unix:/path/clamd.sock',
    })
    .optional()
    .describe('Scan uploads for viruses with this clamd: tcp://host:3310 or unix:/path'),
  CLAMD_MAX_BYTES: z.coerce
    .number({ error: 'expected a number of bytes' })
    .int('expected a whole number of bytes')
    .min(1, 'expected at least 1 byte')
    .max(4_000_000_000, 'expected at most 4000000000 bytes; clamd takes no more')
    .default(104_857_600)
    .describe(
      'Larger files are not scanned; no more than StreamMaxLength and MaxFileSize of clamd',
    ),
  FILES_URL: baseUrl
    .optional()
    .describe('Serve files at this address of their own instead of SLIPWAY_URL'),
  IMAGE_MAX_PIXELS: z.coerce
    .number({ error: 'expected a number of pixels' })
    .int()
    .min(1_000_000, 'expected at least a million')
    .max(1_000_000_000, 'expected at most a thousand million')
    .default(100_000_000)
    .describe('Pictures of more pixels are served as they are, but not transformed'),
  IMAGE_MAX_SECONDS: z.coerce
    .number({ error: 'expected a number of seconds' })
    .int()
    .min(1, 'expected at least 1 second')
    .max(240, 'expected at most 240 seconds')
    .default(30)
    .describe('A picture that takes longer to make is given up'),
  IMAGE_MAX_MEMORY_MB: z.coerce
    .number({ error: 'expected a number of megabytes' })
    .int()
    .min(256, 'expected at least 256 MB')
    .default(1024)
    .describe('A process that makes pictures and takes more memory is stopped'),
  IMAGE_THUMBNAILS: z
    .enum(['true', 'false'], { error: 'expected true or false' })
    .default('true')
    .transform((value) => value === 'true')
    .describe('Make a thumbnail of every picture as soon as it is ready'),
  ENCRYPTION_KEYS: keyRing
    .optional()
    .describe(
      'Seal the credentials of projects’ own buckets, and webhook secrets: id:64 hex digits, newest first, separated by commas',
    ),
  ALLOW_PRIVATE_STORAGE: z
    .enum(['true', 'false'], { error: 'expected true or false' })
    .default('false')
    .transform((value) => value === 'true')
    .describe(
      'Let members connect buckets on this machine and the network around it, also by http; `npm start` lets them while it serves this machine alone',
    ),
  ALLOW_PRIVATE_TARGETS: privateTargets
    .prefault('none')
    .describe(
      'Networks inside that webhooks, callbacks and uploads from an address may reach, also by http: 10.1.0.0/16,::1/128, all, or none; `npm start` allows this machine while it serves it alone',
    ),
  ...sharedEnv,
});
export type SlipwayEnv = z.infer<typeof SlipwayEnv>;
