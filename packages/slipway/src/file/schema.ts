import { z } from '@hono/zod-openapi';
import { anyId, isStorableText, STORABLE_TEXT } from '../storable-text.ts';
import { FILE_STATUSES, SCAN_STATES } from './table.ts';

const MAX_METADATA_BYTES = 4096;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;

export const fileName = z
  .string({ error: 'expected the file’s name' })
  .min(1, 'expected the file’s name')
  .max(512, 'expected at most 512 characters')
  .refine((name) => !CONTROL_CHARACTERS.test(name), 'expected a name without control characters')
  .refine((name) => !/[/\\]/.test(name), 'expected a name without a path')
  .refine(isStorableText, STORABLE_TEXT);

export const mediaType = z
  .string({ error: 'expected a type such as image/jpeg' })
  .trim()
  .toLowerCase()
  .max(127, 'expected at most 127 characters')
  .regex(
    /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/,
    'expected a type such as image/jpeg',
  );

export const sha256Hex = z
  .string()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 as 64 hexadecimal digits');

const isStorable = (value: unknown) => typeof value !== 'string' || isStorableText(value);

const metadata = z
  .record(z.string().max(64), z.union([z.string(), z.number(), z.boolean(), z.null()]), {
    error: 'expected an object of strings, numbers, booleans and nulls',
  })
  .refine(
    (value) => Object.entries(value).flat().every(isStorable),
    'expected keys and values of well-formed text without NUL characters',
  )
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= MAX_METADATA_BYTES,
    `expected at most ${MAX_METADATA_BYTES} bytes of JSON`,
  );

export const RequestUpload = z
  .object({
    name: fileName.openapi({ example: 'kitchen.jpg' }),
    size: z
      .number({ error: 'expected a number of bytes' })
      .int('expected a whole number of bytes')
      .min(0, 'expected a number of bytes')
      .openapi({ example: 482_113 }),
    type: mediaType.openapi({ example: 'image/jpeg' }),
    sha256: sha256Hex
      .optional()
      .openapi({ description: 'When given, only bytes with this digest are accepted' }),
    customId: z
      .string()
      .min(1)
      .max(128, 'expected at most 128 characters')
      .refine(isStorableText, STORABLE_TEXT)
      .optional()
      .openapi({ description: 'Your own id; unique among the project’s files' }),
    metadata: metadata.optional(),
  })
  .openapi('UploadRequest');
export type RequestUpload = z.input<typeof RequestUpload>;

export const UploadTicket = z
  .object({
    id: z.string().openapi({ example: 'file_8gKq2ZrT0yVbN4mXc1LwHd' }),
    key: z.string(),
    url: z.url().openapi({ description: 'Send the bytes here' }),
    method: z.literal('PUT'),
    headers: z
      .record(z.string(), z.string())
      .openapi({ description: 'To be sent exactly as given' }),
    expiresAt: z.iso.datetime().openapi({ description: 'The upload must begin before this' }),
  })
  .openapi('UploadTicket');
export type UploadTicket = z.infer<typeof UploadTicket>;

export const CompleteUpload = z
  .object({ id: anyId.optional(), key: anyId.optional() })
  .refine(
    (value) => (value.id === undefined) !== (value.key === undefined),
    'expected either "id" or "key" of the upload',
  )
  .openapi('UploadCompletion');
export type CompleteUpload = z.input<typeof CompleteUpload>;

export const FileView = z
  .object({
    id: z.string(),
    key: z.string(),
    projectId: z.string(),
    name: z.string(),
    size: z.number().int(),
    type: z.string(),
    sha256: z.string().nullable(),
    status: z.enum(FILE_STATUSES),
    scan: z.enum(SCAN_STATES),
    customId: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    url: z
      .string()
      .nullable()
      .openapi({ description: 'Lasting address; only of ready files of public projects' }),
    createdAt: z.iso.datetime(),
    readyAt: z.iso.datetime().nullable(),
  })
  .openapi('File');
export type FileView = z.infer<typeof FileView>;

const FIRST_TIME = 0;
const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export const isStorableTime = (time: Date) =>
  time.getTime() >= FIRST_TIME && time.getTime() <= LAST_TIME;

const time = z.iso
  .datetime({ offset: true, error: 'expected a time such as 2026-01-31T00:00:00Z' })
  .transform((value) => new Date(value))
  // Others are no times of files, and not all of them fit into the database.
  .refine((value) => isStorableTime(value), 'expected a time of the years 1970 to 9999');

export const ListFiles = z.object({
  limit: z.coerce
    .number({ error: 'expected a number from 1 to 100' })
    .int()
    .min(1, 'expected a number from 1 to 100')
    .max(100, 'expected a number from 1 to 100')
    .default(50),
  cursor: z.string().max(200).optional().openapi({ description: 'nextCursor of the page before' }),
  q: z
    .string()
    .trim()
    .max(200)
    .refine(isStorableText, STORABLE_TEXT)
    .optional()
    .openapi({ description: 'Part of the name, or an id, key or customId' }),
  type: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9.+-]+\/(\*|[a-z0-9.+-]+)$/, 'expected a type such as image/png or image/*')
    .optional(),
  status: z
    .enum(FILE_STATUSES, { error: `expected one of ${FILE_STATUSES.join(', ')}` })
    .optional()
    .openapi({ description: 'Without it, all but deleted ones' }),
  from: time.optional().openapi({ description: 'Created at or after' }),
  to: time.optional().openapi({ description: 'Created before' }),
});
export type ListFiles = z.input<typeof ListFiles>;

export const FilePage = z
  .object({ data: z.array(FileView), nextCursor: z.string().nullable() })
  .openapi('FilePage');
export type FilePage = z.infer<typeof FilePage>;

const WEEK_SECONDS = 7 * 86_400;

export const FileUrlQuery = z.object({
  expiresIn: z.coerce
    .number({ error: 'expected a number of seconds' })
    .int()
    .min(1, 'expected at least 1 second')
    .max(WEEK_SECONDS, 'expected at most 7 days')
    .default(3600)
    .openapi({ description: 'Seconds' }),
  download: fileName
    .optional()
    .openapi({ description: 'Make browsers save the file under this name' }),
});
export type FileUrlQuery = z.input<typeof FileUrlQuery>;

export const FileUrl = z.object({ url: z.url(), expiresAt: z.iso.datetime() }).openapi('FileUrl');
export type FileUrl = z.infer<typeof FileUrl>;
