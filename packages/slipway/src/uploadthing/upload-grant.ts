import { anyId } from '@repo/foundation/text';
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { fileName, mediaType, RequestUpload } from '../file/schema.ts';
import { type Project, project } from '../project/table.ts';
import { INGEST_PATH } from './addresses.ts';
import { FileKey } from './file-key.ts';
import { type RawAddress, verifySignedUrl } from './signed-url.ts';
import { ACLS, DISPOSITIONS, type UploadthingKeyRow } from './table.ts';
import { asKey, noteUse } from './verify-key.ts';

const ANY_TYPE = 'application/octet-stream';

export const Slug = anyId.max(200, 'expected at most 200 characters');

const Query = z.object({
  name: z.string(),
  size: z.coerce.number({ error: 'expected a number of bytes' }),
  type: z.string().optional(),
  slug: Slug.optional(),
  customId: z.string().optional(),
  disposition: z.enum(DISPOSITIONS).default('inline'),
  acl: z.enum(ACLS).optional(),
});

/** What the signed URL of one upload allows. */
export interface UploadGrant {
  /** In which the key that signed it acts. */
  ctx: SlipwayContext;
  project: Project;
  fileKey: string;
  key: UploadthingKeyRow;
  signature: string;
  wish: z.output<typeof RequestUpload>;
  slug: string | null;
  acl: (typeof ACLS)[number] | null;
  disposition: (typeof DISPOSITIONS)[number];
}

/**
 * Reads and verifies the URL to which an upload is sent.
 *
 * @throws `url_invalid` also for an app that there isn't; `url_expired`; `validation_failed`.
 */
export async function verifyUploadUrl(
  anonymous: SlipwayContext,
  call: { fileKey: string; address: RawAddress; appId: string | undefined },
): Promise<UploadGrant> {
  const of = await projectOfApp(anonymous, call.appId ?? '');
  const { key, signature, query } = await verifySignedUrl(anonymous, {
    projectId: of.id,
    address: call.address,
    base: anonymous.config.publicUrl,
  });
  const ctx = asKey(anonymous, { key, project: of });
  await noteUse(ctx, key);
  const given = Query.parse({
    name: decoded(query, 'x-ut-file-name'),
    size: decoded(query, 'x-ut-file-size'),
    type: decoded(query, 'x-ut-file-type'),
    slug: decoded(query, 'x-ut-slug'),
    customId: decoded(query, 'x-ut-custom-id'),
    disposition: decoded(query, 'x-ut-content-disposition'),
    acl: decoded(query, 'x-ut-acl'),
  });
  const { slug = null, acl = null, disposition } = given;
  const wish = RequestUpload.parse({
    name: plainName(given.name),
    size: given.size,
    type: plainType(given.type),
    customId: given.customId,
    // By it the project's rules for the route hold; one of a longer name has none.
    route: RequestUpload.shape.route.safeParse(given.slug).data,
  });
  const fileKey = FileKey.parse(call.fileKey);
  return { ctx, project: of, fileKey, key, signature, wish, slug, acl, disposition };
}

export async function projectOfApp(ctx: SlipwayContext, appId: string): Promise<Project> {
  const [row] = await ctx.db
    .select()
    .from(project)
    .where(and(eq(project.id, appId), isNull(project.deletedAt)));
  if (row !== undefined) return row;
  throw slipwayError(
    'url_invalid',
    `The signature of this URL does not match it: there is no app for it at ${INGEST_PATH}.`,
  );
}

/** The SDK writes values percent-encoded into a query that encodes them once more. */
function decoded(query: URLSearchParams, name: string): string | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  try {
    return decodeURIComponent(value);
  } catch (cause) {
    throw slipwayError('bad_request', `Expected "${name}" to be percent-encoded.`, { cause });
  }
}

/** Browsers and scripts name files as they like; ours have no paths and no control characters. */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  return fileName.safeParse(last).data ?? (last.replace(/\p{Cc}/gu, '').slice(-255) || 'file');
}

/** Where a browser knows no type the SDK sends the kind its route has it as: `blob`, `image`. */
function plainType(type: string | undefined): string {
  const [plain = ''] = (type ?? '').split(';');
  return mediaType.safeParse(plain).data ?? ANY_TYPE;
}
