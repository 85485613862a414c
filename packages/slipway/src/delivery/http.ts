import { Readable } from 'node:stream';
import { createRouter, type HttpApp, type KernelEnv } from '@repo/foundation/http';
import { and, eq, isNull } from 'drizzle-orm';
import type { Context } from 'hono';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { FILE_PURPOSE } from '../file/get-url.ts';
import { type FileRow, file } from '../file/table.ts';
import { project } from '../project/table.ts';
import { isObjectKey } from '../storage/storage.ts';
import { contentDisposition, isPassive } from './content-disposition.ts';
import { parseRange } from './parse-range.ts';

/** Whatever is in the file, in our origin it gets no script, no form and no frame. */
const FILE_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox";
/** How long a redirect to the storage's own URL stays good. */
const STORAGE_URL_SECONDS = 300;

interface Grant {
  row: FileRow;
  visibility: 'public' | 'private';
  /** Set by a signed URL: the name to save as. */
  download: string | undefined;
}

/** `GET /f/<key>`: ready files; public ones to all, private ones by signed URL. */
export function mountDelivery(
  app: HttpApp,
  makeContext: (c: Context<KernelEnv>) => SlipwayContext,
): void {
  const router = createRouter();
  router.get('/:folder/:name', async (c) => {
    const ctx = makeContext(c);
    const grant = await authorize(c, ctx);
    setHeaders(c, grant);
    const etag = `"${grant.row.sha256 ?? grant.row.id}"`;
    c.header('etag', etag);
    if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304);
    return sendBytes(c, { ctx, grant, etag });
  });
  app.route('/f', router);
}

async function authorize(c: Context<KernelEnv>, ctx: SlipwayContext): Promise<Grant> {
  const url = new URL(c.req.url);
  const { folder = '', name = '' } = c.req.param();
  const key = `${folder}/${name}`;
  const missing = () => slipwayError('not_found', 'There is no such file.');
  if (!isObjectKey(key)) throw missing();
  const signed = url.searchParams.has('signature')
    ? ctx.signer.verify({
        purpose: FILE_PURPOSE,
        path: `/f/${key}`,
        query: url.searchParams,
        now: ctx.now(),
      })
    : undefined;
  const [found] = await ctx.db
    .select({ file, rules: project.rules })
    .from(file)
    .innerJoin(project, eq(project.id, file.projectId))
    .where(and(eq(file.key, key), isNull(project.deletedAt)));
  // Without a signature a private file looks exactly like a missing one.
  if (found === undefined || found.file.status !== 'ready') throw missing();
  const { visibility } = found.rules;
  if (visibility === 'private' && signed === undefined) throw missing();
  const plain = c.req.query('download') === undefined ? undefined : found.file.name;
  return {
    row: found.file,
    visibility,
    download: signed === undefined ? plain : signed['download'],
  };
}

function dispositionOf({ row, download }: Grant): string {
  const kind = download === undefined && isPassive(row.type) ? 'inline' : 'attachment';
  return contentDisposition(kind, download ?? row.name);
}

function setHeaders(c: Context<KernelEnv>, grant: Grant): void {
  const isPublic = grant.visibility === 'public';
  c.header('content-type', grant.row.type);
  c.header('content-disposition', dispositionOf(grant));
  c.header('content-security-policy', FILE_CSP);
  c.header('cross-origin-resource-policy', 'cross-origin');
  c.header('access-control-allow-origin', '*');
  c.header('accept-ranges', 'bytes');
  c.header(
    'cache-control',
    isPublic ? 'public, max-age=31536000, immutable' : 'private, max-age=300',
  );
}

async function sendBytes(
  c: Context<KernelEnv>,
  input: { ctx: SlipwayContext; grant: Grant; etag: string },
): Promise<Response> {
  const { ctx, grant, etag } = input;
  const { key, size, type } = grant.row;
  const direct = await ctx.storage.signDownload({
    key,
    type,
    disposition: dispositionOf(grant),
    expiresInSeconds: STORAGE_URL_SECONDS,
  });
  if (direct !== null) {
    c.header('cache-control', `private, max-age=${STORAGE_URL_SECONDS - 60}`);
    return c.redirect(direct, 302);
  }
  const ifRange = c.req.header('if-range');
  const range =
    ifRange === undefined || ifRange === etag ? parseRange(c.req.header('range'), size) : null;
  if (range === 'unsatisfiable') {
    c.header('content-range', `bytes */${size}`);
    return c.body(null, 416);
  }
  if (range !== null) c.header('content-range', `bytes ${range.start}-${range.end}/${size}`);
  c.header('content-length', String(range === null ? size : range.end - range.start + 1));
  const status = range === null ? 200 : 206;
  if (c.req.method === 'HEAD') return c.body(null, status);
  const stream = await ctx.storage.read(key, range ?? undefined);
  if (stream === null)
    throw slipwayError('storage_unavailable', 'The bytes of this file cannot be read right now.');
  return c.body(Readable.toWeb(stream) as ReadableStream, status);
}
