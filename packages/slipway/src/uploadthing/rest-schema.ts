import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import { fileName } from '../file/schema.ts';
import type { FileNames } from './find-file.ts';
import { ACLS, DISPOSITIONS } from './table.ts';
import { Slug } from './upload-grant.ts';

const MOST = 1_000;
const WEEK_SECONDS = 604_800;

const ids = z.array(anyId).max(MOST, `expected at most ${MOST} files`);

/** Files as SDKs name them, several at once. */
export const Names = z
  .object({ fileKeys: ids.optional(), customIds: ids.optional(), files: ids.optional() })
  .transform(
    ({ fileKeys, customIds, files }): FileNames => ({
      fileKeys: [...(fileKeys ?? []), ...(files ?? [])],
      customIds: customIds ?? [],
    }),
  );

const one = { fileKey: anyId.optional(), customId: anyId.optional() };
const isOne = (value: { fileKey?: string | undefined; customId?: string | undefined }) =>
  (value.fileKey === undefined) !== (value.customId === undefined);
const ONE = 'expected either "fileKey" or "customId"';

export const namesOf = (value: {
  fileKey?: string | undefined;
  customId?: string | undefined;
}): FileNames => ({
  fileKeys: value.fileKey === undefined ? [] : [value.fileKey],
  customIds: value.customId === undefined ? [] : [value.customId],
});

export const ListFiles = z.object({
  limit: z.number().int().min(1).max(MOST, `expected at most ${MOST} files`).default(500),
  offset: z.number().int().min(0).max(1_000_000).default(0),
});

export const RenameFiles = z.object({
  updates: z
    .array(z.object({ ...one, newName: fileName }).refine(isOne, ONE))
    .max(MOST, `expected at most ${MOST} files`),
});

export const UpdateAcl = z.object({
  updates: z
    .array(z.object({ ...one, acl: z.enum(ACLS) }).refine(isOne, ONE))
    .max(MOST, `expected at most ${MOST} files`),
});

export const RequestAccess = z
  .object({
    ...one,
    expiresIn: z.coerce
      .number({ error: 'expected a number of seconds' })
      .int()
      .min(1)
      .max(WEEK_SECONDS, 'expected at most 7 days')
      .nullish()
      .transform((value) => value ?? 300),
  })
  .refine(isOne, ONE);

/** Clients written by hand send null or nothing but quotes for what they do not say. */
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === null || value === '' ? undefined : value), schema.optional());

const size = z.number({ error: 'expected a number of bytes' }).int().min(0);
const type = optional(z.string().max(127, 'expected at most 127 characters'));
const shared = {
  contentDisposition: optional(z.enum(DISPOSITIONS)).transform((value) => value ?? 'inline'),
  acl: optional(z.enum(ACLS)),
};

export const PrepareUpload = z.object({
  fileName,
  fileSize: size,
  fileType: type,
  slug: optional(Slug),
  customId: optional(anyId),
  ...shared,
  expiresIn: optional(z.number().int().min(1).max(WEEK_SECONDS)).transform(
    (value) => value ?? 3_600,
  ),
});

export const PrepareUploads = z.object({
  files: z
    .array(z.object({ name: fileName, size, type, customId: optional(anyId) }))
    .min(1, 'expected a file')
    .max(100, 'expected at most 100 files'),
  ...shared,
});

/** What more there is to it is `RegisterRoute`’s to say. */
export const PrepareRouteUploads = PrepareUploads.extend({
  callbackUrl: z.string({ error: 'expected an address' }),
  callbackSlug: Slug,
  metadata: z.record(z.string(), z.unknown()).nullish(),
});
