import { z } from '@hono/zod-openapi';
import { isStorableText, STORABLE_TEXT } from '@repo/foundation/text';

const EXTENSION = String.raw`(\.[0-9a-z]{1,10}){1,3}`;
const TYPE = String.raw`[a-z0-9][a-z0-9!#$&^_.+-]*\/(\*|[a-z0-9][a-z0-9!#$&^_.+-]*)`;

/** What may be uploaded: a type, a kind of types, or the end of a name. */
const typePattern = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    new RegExp(`^(${EXTENSION}|${TYPE})$`),
    'expected a type such as image/png or image/*, or an extension such as .pdf',
  );

export const allowedTypes = z
  .array(typePattern)
  .max(50, 'expected at most 50 types')
  .openapi({
    description: 'Types (image/png, image/*) or extensions (.pdf) that may be uploaded; empty: any',
    example: ['image/*', 'application/pdf', '.dng'],
  });

const pixels = z
  .number({ error: 'expected a number of pixels' })
  .int('expected a whole number of pixels')
  .min(1, 'expected at least 1 pixel')
  .max(100_000, 'expected at most 100000 pixels')
  .nullable()
  .default(null);

/** Of pictures, upright; null for no limit. Other files have no dimensions to be asked for. */
export const ImageRules = z
  .strictObject({ minWidth: pixels, maxWidth: pixels, minHeight: pixels, maxHeight: pixels })
  .openapi('ImageRules');
export type ImageRules = z.infer<typeof ImageRules>;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it keeps out
const FOLDER = /^[^\u0000-\u001f\u007f\\]*$/;

/** A path to look for a file by, such as `invoices/2026`; it is in no address. */
export const folderPath = z
  .string({ error: 'expected a folder such as invoices/2026' })
  .trim()
  .max(512, 'expected at most 512 characters')
  .regex(FOLDER, 'expected a folder without backslashes and control characters')
  .refine(isStorableText, STORABLE_TEXT)
  .transform((path) => path.split('/').filter((segment) => segment !== ''))
  .refine((segments) => !segments.some(isDots), 'expected no folders . and ..')
  .transform((segments) => segments.join('/'));

const isDots = (segment: string) => segment === '.' || segment === '..';

/** The beginning of new object keys, for who looks into the bucket. */
export const keyPrefix = z
  .string()
  .trim()
  .regex(
    /^([a-z0-9][a-z0-9-]{0,30})?$/,
    'expected up to 31 lower-case letters, digits and dashes, or nothing',
  );

const MetadataField = z.strictObject({
  name: z.string().min(1, 'expected a name').max(64, 'expected at most 64 characters'),
  type: z.enum(['string', 'number', 'boolean']),
  required: z.boolean().default(false),
  maxLength: z.number().int().min(1).max(4096).nullable().default(null),
  values: z.array(z.string().max(200)).max(100).nullable().default(null),
});

/** What every file's metadata have to be. */
export const MetadataRules = z
  .strictObject({
    fields: z
      .array(MetadataField)
      .max(50, 'expected at most 50 fields')
      .refine(
        (fields) => new Set(fields.map(({ name }) => name)).size === fields.length,
        'expected every name once',
      ),
    others: z
      .boolean()
      .default(true)
      .openapi({ description: 'Whether there may be other fields beside these' }),
  })
  .openapi('MetadataRules');
export type MetadataRules = z.infer<typeof MetadataRules>;

export const days = (most: number) =>
  z
    .number({ error: 'expected a number of days' })
    .int('expected a whole number of days')
    .max(most, `expected at most ${most} days`);

export const confirmHours = z
  .number({ error: 'expected a number of hours' })
  .int('expected a whole number of hours')
  .min(1, 'expected at least 1 hour')
  .max(30 * 24, 'expected at most 30 days');

const bytes = (least: number) =>
  z
    .number({ error: 'expected a number of bytes' })
    .int('expected a whole number of bytes')
    .min(least, `expected at least ${least} bytes`)
    .max(Number.MAX_SAFE_INTEGER, 'expected a whole number of bytes');

/**
 * Rules for one request: those of a route in code, say. Limits can only get stricter than the project's; whether
 * bytes are shared and ids taken over is for the route to say.
 */
export const RouteRules = z
  .strictObject({
    allowedTypes: allowedTypes.optional(),
    minSize: bytes(0).optional(),
    maxSize: bytes(1).optional(),
    image: ImageRules.optional(),
    metadata: MetadataRules.optional(),
    keyPrefix: keyPrefix.optional().openapi({ description: 'Behind the project’s prefix' }),
    dedupe: z.boolean().optional(),
    replace: z.boolean().optional(),
  })
  .openapi('RouteRules');
export type RouteRules = z.infer<typeof RouteRules>;

/** What the project itself says of the uploads of one route, beside the rules for all of them. */
export const RoutePolicy = RouteRules.extend({
  folder: folderPath.optional(),
  visibility: z.enum(['public', 'private'], { error: 'expected public or private' }).optional(),
  expireAfterDays: days(3650).min(1, 'expected at least 1 day').optional(),
  confirmWithinHours: confirmHours.optional(),
}).openapi('RoutePolicy');
export type RoutePolicy = z.infer<typeof RoutePolicy>;

const MOST_ROUTES = 100;

/** By the name that uploads give as their `route`. */
export const routePolicies = z
  .record(
    z
      .string()
      .trim()
      .min(1, 'expected a route’s name')
      .max(128, 'expected at most 128 characters')
      .refine(isStorableText, STORABLE_TEXT),
    RoutePolicy,
  )
  .refine(
    (routes) => Object.keys(routes).length <= MOST_ROUTES,
    `expected at most ${MOST_ROUTES} routes`,
  );
