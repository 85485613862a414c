import { z } from '@hono/zod-openapi';
import { isStorableText, STORABLE_TEXT, WITHOUT_NUL } from '@repo/foundation/text';
import { time } from '../file/list-schema.ts';
import { UPLOAD_OUTCOMES } from './table.ts';

export const UploadLogEntry = z
  .object({
    id: z.string(),
    outcome: z.enum(UPLOAD_OUTCOMES).openapi({
      description: 'refused when it was announced; the others ended later',
    }),
    fileId: z.string().nullable().openapi({ description: 'Null of those that were refused' }),
    name: z.string(),
    size: z.number().int().nullable(),
    type: z.string().nullable(),
    code: z.string().openapi({ example: 'file_too_large' }),
    message: z.string(),
    rule: z.string().nullable().openapi({ example: 'maxSize' }),
    route: z.string().nullable(),
    uploader: z.string().nullable(),
    by: z.string().openapi({ description: 'user, api_key, system or anonymous' }),
    repeats: z.number().int().openapi({
      description: 'How many refusals of this hour the entry stands for; it tells of the latest',
    }),
    at: z.iso.datetime(),
  })
  .openapi('UploadLogEntry');

export const UploadLogPage = z
  .object({ data: z.array(UploadLogEntry), nextCursor: z.string().nullable() })
  .openapi('UploadLogPage');
export type UploadLogPage = z.infer<typeof UploadLogPage>;

export const ListUploadLog = z.object({
  limit: z.coerce
    .number({ error: 'expected a number from 1 to 100' })
    .int()
    .min(1, 'expected a number from 1 to 100')
    .max(100, 'expected a number from 1 to 100')
    .default(50),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'expected the nextCursor of an earlier page')
    .optional()
    .openapi({ description: 'nextCursor of the page before' }),
  outcome: z
    .enum(UPLOAD_OUTCOMES, { error: `expected one of ${UPLOAD_OUTCOMES.join(', ')}` })
    .optional(),
  code: z
    .string()
    .regex(/^[a-z_]{1,64}$/, 'expected a code such as file_too_large')
    .optional(),
  route: z.string().max(128).refine(isStorableText, STORABLE_TEXT).openapi(WITHOUT_NUL).optional(),
  from: time.optional().openapi({ description: 'At or after' }),
  to: time.optional().openapi({ description: 'Before' }),
});
export type ListUploadLog = z.input<typeof ListUploadLog>;

/** What a developer's own server refuses an upload for, and the rule that stands in the log for it. */
export const ROUTE_REFUSALS = {
  upload_rejected: 'authorize',
  authorize_failed: 'authorize',
  input_invalid: 'input',
  metadata_invalid: 'metadata',
  file_type_not_allowed: 'allowedTypes',
  file_too_large: 'maxSize',
  file_too_small: 'minSize',
  too_many_files: 'maxFiles',
} as const;

const CODES = Object.keys(ROUTE_REFUSALS) as (keyof typeof ROUTE_REFUSALS)[];

/** Of whatever a browser said as much as can be kept. */
const clipped = (most: number) =>
  z
    .string()
    .max(10_000, 'expected at most 10000 characters')
    .transform((text) => text.replaceAll('\0', '').toWellFormed().slice(0, most).toWellFormed());

export const ReportRefusals = z
  .strictObject({
    refusals: z
      .array(
        z.strictObject({
          route: clipped(128),
          code: z.enum(CODES, { error: `expected one of ${CODES.join(', ')}` }),
          message: clipped(500),
          name: clipped(512),
          size: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable().default(null),
          type: clipped(127).nullable().default(null),
          repeats: z.number().int().min(1).max(1_000_000).default(1).openapi({
            description: 'How many refusals this one stands for',
          }),
        }),
        { error: 'expected a list of refusals' },
      )
      .min(1, 'expected at least one refusal')
      .max(100, 'expected at most 100 refusals'),
  })
  .openapi('RefusalReport');
export type ReportRefusals = z.input<typeof ReportRefusals>;

export const NotedRefusals = z.object({ noted: z.number().int() }).openapi('NotedRefusals');
export type NotedRefusals = z.infer<typeof NotedRefusals>;
