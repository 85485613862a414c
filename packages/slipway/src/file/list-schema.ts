import { z } from '@hono/zod-openapi';
import {
  anyId,
  isStorableText,
  queryNumber,
  STORABLE_TEXT,
  WITHOUT_NUL,
} from '@repo/foundation/text';
import { folderPath } from '../project/rules.ts';
import { fileTag } from './keeping.ts';
import { FileView, sha256Hex } from './schema.ts';
import { FILE_STATUSES } from './table.ts';

const FIRST_TIME = 0;
const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export const isStorableTime = (time: Date) =>
  time.getTime() >= FIRST_TIME && time.getTime() <= LAST_TIME;

/** A moment that a list is narrowed by. */
export const time = z.iso
  .datetime({ offset: true, error: 'expected a time such as 2026-01-31T00:00:00Z' })
  // Of earlier and later times there are no files, and not all of them fit into the database.
  .transform((value) => new Date(Math.min(Math.max(Date.parse(value), FIRST_TIME), LAST_TIME)));

const bytesOf = queryNumber('expected a number of bytes', (bytes) =>
  bytes
    .int('expected a whole number of bytes')
    .min(0, 'expected a number of bytes')
    .max(Number.MAX_SAFE_INTEGER),
);

export const ListFiles = z.object({
  limit: z.coerce
    .number({ error: 'expected a number from 1 to 100' })
    .int()
    .min(1, 'expected a number from 1 to 100')
    .max(100, 'expected a number from 1 to 100')
    .default(50),
  cursor: z.string().max(5000).optional().openapi({
    description: 'nextCursor of the page before, of the same sort',
  }),
  sort: z
    .enum(['created', 'name', 'size'], { error: 'expected created, name or size' })
    .default('created'),
  direction: z.enum(['asc', 'desc'], { error: 'expected asc or desc' }).optional().openapi({
    description: 'Without it names begin with A, and others with the newest or largest',
  }),
  q: z
    .string()
    .trim()
    .max(200)
    .refine(isStorableText, STORABLE_TEXT)
    .optional()
    .openapi({
      ...WITHOUT_NUL,
      description:
        'Part of the name (of fewer than three letters: the beginning of a word) or of a value of the metadata, or an id, key or customId',
    }),
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
  tag: fileTag.optional().openapi({ description: 'Files with this tag' }),
  folder: folderPath.optional().openapi({ description: 'Files in this folder, and below it' }),
  route: z.string().max(128).refine(isStorableText, STORABLE_TEXT).openapi(WITHOUT_NUL).optional(),
  uploader: z
    .string()
    .max(128)
    .refine(isStorableText, STORABLE_TEXT)
    .openapi(WITHOUT_NUL)
    .optional(),
  minSize: bytesOf.optional().openapi({ description: 'Bytes, at least' }),
  maxSize: bytesOf.optional().openapi({ description: 'Bytes, at most' }),
  trash: z.enum(['true'], { error: 'expected true' }).optional().openapi({
    description: 'Deleted files that can be restored, instead of those that are there',
  }),
  test: z
    .enum(['true', 'false', 'all'], { error: 'expected true, false or all' })
    .optional()
    .openapi({
      description:
        'Files of test keys alone, none of them, or all. Without it: for live keys none, for the dashboard all; test keys only ever see their own',
    }),
  versions: z.enum(['true'], { error: 'expected true' }).optional().openapi({
    description: 'With versions that were replaced',
  }),
  from: time.optional().openapi({ description: 'Created at or after' }),
  to: time.optional().openapi({ description: 'Created before' }),
});
export type ListFiles = z.input<typeof ListFiles>;

/** All of the list: it has no pages. */
export const ExportFiles = ListFiles.omit({ limit: true, cursor: true });
export type ExportFiles = z.input<typeof ExportFiles>;

export const FilePage = z
  .object({ data: z.array(FileView), nextCursor: z.string().nullable() })
  .openapi('FilePage');
export type FilePage = z.infer<typeof FilePage>;

export const FindKnownFiles = z.object({
  projectId: anyId,
  digests: z.array(sha256Hex).max(200, 'expected at most 200 digests'),
});
export type FindKnownFiles = z.input<typeof FindKnownFiles>;

/** A file that has one of the digests asked for. */
export interface KnownFile {
  sha256: string;
  name: string;
}
