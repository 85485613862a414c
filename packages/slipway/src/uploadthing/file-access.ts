import { asc, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { cacheControl } from '../delivery/cache-control.ts';
import type { Grant } from '../delivery/grant.ts';
import { slipwayError } from '../errors.ts';
import type { Project } from '../project/table.ts';
import { type FoundFile, findFile } from './find-file.ts';
import { type RawAddress, verifySignedUrl } from './signed-url.ts';
import { uploadthingFile } from './table.ts';
import { projectOfApp } from './upload-grant.ts';

/**
 * What `/a/<app>/<key>` gives: a public file to all, a private one by a URL that the app's key signed.
 * Without one it looks exactly like a missing file.
 */
export async function authorizeFile(
  ctx: SlipwayContext,
  call: { appId: string; key: string; address: RawAddress },
): Promise<Grant> {
  const missing = () => slipwayError('not_found', 'There is no such file.');
  const of = await projectOfApp(ctx, call.appId).catch(() => {
    throw missing();
  });
  const query = new URL(call.address.target, ctx.config.filesUrl).searchParams;
  const signed = query.has('signature')
    ? await verifySignedUrl(ctx, {
        projectId: of.id,
        address: call.address,
        base: ctx.config.filesUrl,
      })
    : undefined;
  const found = await findFile(ctx, { projectId: of.id, any: call.key });
  if (found === undefined || found.row.status !== 'ready') throw missing();
  if (signed === undefined && !isPublic(found, of)) throw missing();
  const until = signed && { expires: String(signed.expires.getTime() / 1000) };
  return {
    row: found.row,
    transform: null,
    save: found.upload?.disposition === 'attachment',
    saveAs: undefined,
    cacheControl: cacheControl({
      row: found.row,
      signed: until,
      version: query.get('v') ?? undefined,
      now: ctx.now(),
    }),
  };
}

/**
 * The app of an address without one, `/f/<key>`. Of apps that have the same key it is the first one's for
 * good, also after it deleted its file: what an address shows is never up to somebody else.
 */
export async function appOfKey(ctx: SlipwayContext, fileKey: string): Promise<string> {
  const [first] = await ctx.db
    .select({ projectId: uploadthingFile.projectId })
    .from(uploadthingFile)
    .where(eq(uploadthingFile.key, fileKey))
    .orderBy(asc(uploadthingFile.createdAt), asc(uploadthingFile.fileId))
    .limit(1);
  if (first === undefined) throw slipwayError('not_found', 'There is no such file.');
  return first.projectId;
}

/** What its upload, or an update since, opened, or the project's rule; but never what somebody made private. */
function isPublic({ row, upload }: FoundFile, { rules }: Project): boolean {
  if (row.isPrivate) return false;
  return upload?.acl === 'public-read' || rules.visibility === 'public';
}
