import { z } from '@hono/zod-openapi';
import { KEEPING } from '../file/keeping.ts';
import { RequestUpload } from '../file/schema.ts';
import { allowedTypes } from '../project/rules.ts';

const DAY_SECONDS = 86_400;

/** What uploads by a token may be, beside what the project's rules say. */
export const UploadTokenLimits = z.strictObject({
  maxSize: z
    .number({ error: 'expected a number of bytes' })
    .int('expected a whole number of bytes')
    .min(1, 'expected at least 1 byte')
    .max(Number.MAX_SAFE_INTEGER, 'expected a whole number of bytes')
    .optional()
    .openapi({ description: 'Largest file in bytes' }),
  allowedTypes: allowedTypes.optional(),
  maxFiles: z
    .number({ error: 'expected a number of files' })
    .int('expected a whole number of files')
    .min(1, 'expected at least 1 file')
    .max(10_000, 'expected at most 10000 files')
    .optional()
    .openapi({ description: 'How many files may be uploaded with it' }),
  ...KEEPING,
  customId: RequestUpload.shape.customId,
  replace: RequestUpload.shape.replace,
  metadata: RequestUpload.shape.metadata.openapi({
    description: 'Of every file that is uploaded; whoever uploads cannot add to it',
  }),
});
export type UploadTokenLimits = z.infer<typeof UploadTokenLimits>;

export const RequestUploadToken = UploadTokenLimits.extend({
  expiresIn: z
    .number({ error: 'expected a number of seconds' })
    .int('expected a whole number of seconds')
    .min(60, 'expected at least 60 seconds')
    .max(DAY_SECONDS, 'expected at most a day')
    .default(3600)
    .openapi({ description: 'Seconds in which an upload may begin' }),
}).openapi('UploadTokenRequest');
export type RequestUploadToken = z.input<typeof RequestUploadToken>;

export const UploadToken = z
  .object({
    token: z.string().openapi({ description: 'For the header "Authorization: Bearer ut_…"' }),
    endpoint: z.url().openapi({ description: 'Where tus clients create uploads' }),
    expiresAt: z.iso.datetime(),
  })
  .openapi('UploadToken');
export type UploadToken = z.infer<typeof UploadToken>;
