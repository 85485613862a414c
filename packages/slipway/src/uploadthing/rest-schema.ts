import { z } from 'zod';
import { fileName } from '../file/schema.ts';
import { anyId } from '../storable-text.ts';
import type { FileNames } from './find-file.ts';
import { ACLS, DISPOSITIONS } from './table.ts';

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

export const PrepareUpload = z.object({
  fileName,
  fileSize: z.number().int().min(0),
  fileType: z.string().max(127).optional(),
  slug: z.string().max(200).optional(),
  customId: anyId.nullish(),
  contentDisposition: z.enum(DISPOSITIONS).default('inline'),
  acl: z.enum(ACLS).optional(),
  expiresIn: z.number().int().min(1).max(WEEK_SECONDS).default(3_600),
});
