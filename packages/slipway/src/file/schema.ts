import { z } from '@hono/zod-openapi';
import { anyId, isStorableText, STORABLE_TEXT, WITHOUT_NUL } from '@repo/foundation/text';
import { UploadCallback } from '../callback/schema.ts';
import { TransformText } from '../image/transform.ts';
import { folderPath } from '../project/rules.ts';
import { UploadthingOrigin } from '../uploadthing/file-key.ts';
import { fileTags, KEEPING } from './keeping.ts';
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
  .refine(isStorableText, STORABLE_TEXT)
  .openapi({ pattern: String.raw`^[^\u0000-\u001f\u007f/\\]+$` });

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

/** The types of descriptions do not know it; OpenAPI 3.1 does. */
const METADATA_KEYS: object = { propertyNames: { maxLength: 64, ...WITHOUT_NUL } };

export const fileMetadata = z
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
  )
  .openapi({
    type: 'object',
    ...METADATA_KEYS,
    additionalProperties: { type: ['string', 'number', 'boolean', 'null'], ...WITHOUT_NUL },
    description: `Keys of at most 64 characters, and at most ${MAX_METADATA_BYTES} bytes of JSON`,
  });

export const customId = z
  .string()
  .min(1)
  .max(128, 'expected at most 128 characters')
  .refine(isStorableText, STORABLE_TEXT)
  .openapi(WITHOUT_NUL);

/** A new version is one of the file that has this customId; see `rulesFor`. The API reference shows what comes first. */
export const REPLACING = {
  anyOf: [{ properties: { replace: { enum: [false] } } }, { required: ['customId'] }],
};

export const RequestUpload = z
  .strictObject({
    name: fileName.openapi({ example: 'kitchen.jpg' }),
    size: z
      .number({ error: 'expected a number of bytes' })
      .int('expected a whole number of bytes')
      .min(0, 'expected a number of bytes')
      .max(Number.MAX_SAFE_INTEGER, 'expected a whole number of bytes')
      .openapi({ example: 482_113 }),
    type: mediaType.openapi({ example: 'image/jpeg' }),
    sha256: sha256Hex
      .optional()
      .openapi({ description: 'When given, only bytes with this digest are accepted' }),
    customId: customId
      .optional()
      .openapi({ description: 'Your own id; unique among the project’s files' }),
    replace: z.boolean().optional().openapi({
      description:
        'With customId: becomes a new version of the file that has it, once it is ready; without, the project’s rule holds',
    }),
    metadata: fileMetadata.optional(),
    ...KEEPING,
    callback: UploadCallback.optional().openapi({
      description: 'Whom to tell when the file is ready, until it answers',
    }),
    uploadthing: UploadthingOrigin.optional().openapi({
      description: 'Of a file that is copied from UploadThing; for keys of the scope admin',
    }),
    multipart: z.boolean().optional().openapi({
      description: 'Send a large file in parts; small ones still get a URL for one PUT',
    }),
  })
  .openapi('UploadRequest', REPLACING);
export type RequestUpload = z.input<typeof RequestUpload>;

export const UploadTicket = z
  .object({
    id: z.string().openapi({ example: 'file_8gKq2ZrT0yVbN4mXc1LwHd' }),
    key: z.string(),
    url: z.url().openapi({
      description: 'PUT the bytes here; of an upload in parts: ask here for the URLs of its parts',
    }),
    method: z.enum(['PUT', 'POST']),
    headers: z
      .record(z.string(), z.string())
      .openapi({ description: 'To be sent exactly as given' }),
    expiresAt: z.iso.datetime().openapi({ description: 'The upload must begin before this' }),
    multipart: z
      .object({
        partSize: z.number().int().openapi({ description: 'Bytes of every part but the last' }),
        partCount: z.number().int(),
      })
      .optional()
      .openapi({ description: 'Of uploads in parts; see /uploads/{id}' }),
  })
  .openapi('UploadTicket');
export type UploadTicket = z.infer<typeof UploadTicket>;

export const CompleteUpload = z
  .strictObject({ id: anyId.optional(), key: anyId.optional() })
  .refine(
    (value) => (value.id === undefined) !== (value.key === undefined),
    'expected either "id" or "key" of the upload',
  )
  .openapi('UploadCompletion', { oneOf: [{ required: ['id'] }, { required: ['key'] }] });
export type CompleteUpload = z.input<typeof CompleteUpload>;

export const FileView = z
  .object({
    id: z.string(),
    key: z.string(),
    projectId: z.string(),
    name: z.string(),
    size: z.number().int(),
    type: z.string(),
    sha256: z.string().nullable().openapi({ description: 'Of the whole file, hex' }),
    checksum: z.string().nullable().openapi({
      description:
        'Of files that came in parts: sha256-parts:<part size>:<SHA-256 over the SHA-256s of the parts>',
    }),
    status: z.enum(FILE_STATUSES),
    scan: z.enum(SCAN_STATES),
    customId: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    tags: z.array(z.string()),
    folder: z.string(),
    visibility: z.enum(['public', 'private']),
    route: z.string().nullable(),
    uploader: z.string().nullable(),
    width: z.number().int().nullable().openapi({
      description: 'Of pictures: pixels, upright',
    }),
    height: z.number().int().nullable(),
    thumbhash: z.string().nullable().openapi({
      description:
        'Of pictures, a moment after they are ready: ThumbHash in base64, to be shown until the picture is there',
    }),
    test: z.boolean().openapi({
      description: 'Uploaded with a test key: it counts for no quota, and is deleted after 7 days',
    }),
    replaces: z.string().nullable().openapi({
      description: 'Id of the version whose place it took, if there was one',
    }),
    replacedBy: z.string().nullable().openapi({
      description: 'Id of the newer version; null of the newest, and of files without versions',
    }),
    latestUrl: z.string().nullable().openapi({
      description: 'Serves the newest version with this customId; as url, of public files alone',
    }),
    url: z
      .string()
      .nullable()
      .openapi({ description: 'Lasting address; only of ready files of public projects' }),
    createdAt: z.iso.datetime(),
    readyAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable().openapi({ description: 'The file is deleted then' }),
    confirmBy: z.iso
      .datetime()
      .nullable()
      .openapi({ description: 'The file is deleted then, unless it is confirmed before' }),
    restorableUntil: z.iso
      .datetime()
      .nullable()
      .openapi({ description: 'Of a deleted file in the trash' }),
  })
  .openapi('File');
export type FileView = z.infer<typeof FileView>;

/** What may be changed of a file; what is left out stays. */
export const UpdateFile = z
  .strictObject({
    name: fileName,
    folder: folderPath,
    tags: fileTags,
    metadata: fileMetadata.openapi({ description: 'Replaces what was there' }),
    customId: customId.nullable(),
    visibility: z.enum(['public', 'private'], { error: 'expected public or private' }),
    expiresAt: z.iso
      .datetime({ offset: true, error: 'expected a time such as 2026-01-31T00:00:00Z' })
      .nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'expected something to change')
  .openapi('FileChange', { minProperties: 1 });
export type UpdateFile = z.input<typeof UpdateFile>;

export const DeleteFileQuery = z.strictObject({
  permanent: z.enum(['true', 'false'], { error: 'expected true or false' }).optional().openapi({
    description: 'true: its bytes are erased at once, also those of a file in the trash',
  }),
});

const BULK_MOST = 1000;
const BULK_CHANGES = ['addTags', 'removeTags', 'folder'].map((name) => ({ required: [name] }));

/** One change of many files. */
export const BulkFiles = z
  .strictObject({
    ids: z
      .array(anyId, { error: 'expected a list of ids' })
      .min(1, 'expected at least one id')
      .max(BULK_MOST, `expected at most ${BULK_MOST} ids`)
      .transform((ids) => [...new Set(ids)]),
    action: z.enum(['delete', 'erase', 'restore', 'purge', 'update']).openapi({
      description:
        'delete: into the trash, where the project has one; erase: for good; purge: for good what is in the trash',
    }),
    addTags: fileTags.optional(),
    removeTags: fileTags.optional(),
    folder: folderPath.optional(),
  })
  .refine(
    ({ action, addTags, removeTags, folder }) =>
      (action === 'update') ===
      (addTags !== undefined || removeTags !== undefined || folder !== undefined),
    'expected "addTags", "removeTags" or "folder" with the action "update", and only with it',
  )
  .openapi('BulkRequest', {
    oneOf: [
      { properties: { action: { type: 'string', enum: ['update'] } }, anyOf: BULK_CHANGES },
      {
        properties: {
          action: { type: 'string', enum: ['delete', 'erase', 'restore', 'purge'] },
        },
        not: { anyOf: BULK_CHANGES },
      },
    ],
  });
export type BulkFiles = z.input<typeof BulkFiles>;

export const BulkResult = z
  .object({
    results: z.array(
      z.union([
        z.object({ id: z.string(), ok: z.literal(true) }),
        z.object({
          id: z.string(),
          ok: z.literal(false),
          error: z.object({ code: z.string(), message: z.string() }),
        }),
      ]),
    ),
  })
  .openapi('BulkResult');
export type BulkResult = z.infer<typeof BulkResult>;

const partNumber = z
  .number({ error: 'expected the number of a part' })
  .int('expected the number of a part')
  .min(1, 'parts are numbered from 1');

/** An upload in parts, as its client sees it. */
export const UploadSession = z
  .object({
    id: z.string(),
    status: z.enum(FILE_STATUSES),
    size: z.number().int(),
    partSize: z.number().int(),
    partCount: z.number().int(),
    expiresAt: z.iso.datetime(),
    parts: z
      .array(
        z.object({
          number: partNumber,
          size: z.number().int(),
          sha256: z.string().nullable(),
        }),
      )
      .openapi({ description: 'The parts that are there' }),
  })
  .openapi('UploadSession');
export type UploadSession = z.infer<typeof UploadSession>;

export const SignParts = z
  .strictObject({
    parts: z
      .array(
        z.strictObject({
          number: partNumber,
          sha256: sha256Hex
            .optional()
            .openapi({ description: 'Of this part; only bytes with this digest are accepted' }),
        }),
        { error: 'expected a list of parts' },
      )
      .min(1, 'expected at least one part')
      .max(100, 'expected at most 100 parts at once')
      .refine(
        (parts) => new Set(parts.map((part) => part.number)).size === parts.length,
        'expected every number once',
      )
      .refine(
        (parts) => new Set(parts.map((part) => part.sha256 === undefined)).size === 1,
        'expected a sha256 for every part or for none',
      )
      .openapi({ uniqueItems: true, description: 'Each number once; a sha256 for all or none' }),
  })
  .openapi('PartRequest');
export type SignParts = z.input<typeof SignParts>;

export const SignedParts = z
  .object({
    parts: z.array(
      z.object({
        number: partNumber,
        url: z.url(),
        method: z.literal('PUT'),
        headers: z.record(z.string(), z.string()),
        expiresAt: z.iso.datetime(),
      }),
    ),
  })
  .openapi('SignedParts');
export type SignedParts = z.infer<typeof SignedParts>;

/** One change of a file's state. */
export const FileTransitionView = z
  .object({
    from: z.enum(FILE_STATUSES).nullable(),
    to: z.enum(FILE_STATUSES),
    reason: z.string().openapi({ example: 'bytes_arrived' }),
    message: z.string().nullable(),
    by: z
      .string()
      .nullable()
      .openapi({ description: 'user, api_key, system or anonymous (who holds the upload’s URL)' }),
    at: z.iso.datetime(),
  })
  .openapi('FileTransition');
export type FileTransitionView = z.infer<typeof FileTransitionView>;

/** Versions of one file. */
export const FileVersions = z.object({ data: z.array(FileView) }).openapi('FileVersions');
export type FileVersions = z.infer<typeof FileVersions>;

export const FileHistory = z.object({ data: z.array(FileTransitionView) }).openapi('FileHistory');
export type FileHistory = z.infer<typeof FileHistory>;

const WEEK_SECONDS = 7 * 86_400;

export const FileUrlQuery = z.strictObject({
  expiresIn: z.coerce
    .number({ error: 'expected a number of seconds' })
    .int()
    .min(1, 'expected at least 1 second')
    .max(WEEK_SECONDS, 'expected at most 7 days')
    .default(3600)
    .openapi({ description: 'Seconds' }),
  latest: z.enum(['true'], { error: 'expected true' }).optional().openapi({
    description: 'Of files with a customId: serves whichever version is the newest at the time',
  }),
  download: fileName
    .optional()
    .openapi({ description: 'Make browsers save the file under this name' }),
  transform: TransformText.optional().openapi({
    description:
      'A picture made from this one: thumbnail, preview, large, or parameters such as w=320,h=200,fit=cover,format=auto,q=80,dpr=2',
    example: 'thumbnail',
  }),
});
export type FileUrlQuery = z.input<typeof FileUrlQuery>;

export const FileUrl = z.object({ url: z.url(), expiresAt: z.iso.datetime() }).openapi('FileUrl');
export type FileUrl = z.infer<typeof FileUrl>;
