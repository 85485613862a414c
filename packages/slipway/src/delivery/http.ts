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
import type { SignedParams } from '../storage/url-signer.ts';
import { contentDisposition, isPassive } from './content-disposition.ts';
import { parseRange } from './parse-range.ts';

/** Whatever is in the file, in our origin it gets no script, no form and no frame. */
const FILE_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox";
/** How long a redirect to the storage's own URL stays good. */
const STORAGE_URL_SECONDS = 300;
/**
 * How long caches may answer by themselves. Short, though bytes never change: a file that is deleted
 * or made private has to disappear from caches, too. Afterwards its ETag makes asking again cheap.
 */
const CACHE_SECONDS = 300;

interface Grant {
  row: FileRow;
  /** The name to save as. */
  download: string | undefined;
  cacheControl: string;
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
    const headers = headersOf(grant);
    if (c.req.header('if-none-match')?.includes(headers.etag)) return c.body(null, 304, headers);
    return sendBytes(c, { ctx, grant, headers });
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
    download: signed === undefined ? plain : signed['download'],
    cacheControl: cacheControl(signed, ctx.now()),
  };
}

/** A signed URL is for whoever has it, so no shared cache keeps what it gave, and none outlives it. */
function cacheControl(signed: SignedParams | undefined, now: Date): string {
  if (signed === undefined) return `public, max-age=${CACHE_SECONDS}, must-revalidate`;
  const left = Math.floor(Number(signed['expires']) - now.getTime() / 1000);
  return `private, max-age=${Math.max(0, Math.min(CACHE_SECONDS, left))}`;
}

function dispositionOf({ row, download }: Grant): string {
  const kind = download === undefined && isPassive(row.type) ? 'inline' : 'attachment';
  return contentDisposition(kind, download ?? row.name);
}

/** Only for answers that are the file: an error with them would pass for it. */
function headersOf(grant: Grant) {
  return {
    etag: `"${grant.row.sha256 ?? grant.row.id}"`,
    'content-type': grant.row.type,
    'content-disposition': dispositionOf(grant),
    'content-security-policy': FILE_CSP,
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'accept-ranges': 'bytes',
    'cache-control': grant.cacheControl,
  };
}

async function sendBytes(
  c: Context<KernelEnv>,
  input: { ctx: SlipwayContext; grant: Grant; headers: ReturnType<typeof headersOf> },
): Promise<Response> {
  const { ctx, grant, headers } = input;
  const { key, size } = grant.row;
  const isHead = c.req.method === 'HEAD';
  // A storage signs its URL for GET alone, so HEAD is answered here, from the row.
  const direct = isHead ? null : await directUrl(ctx, grant);
  if (direct !== null) {
    c.header('cache-control', `private, max-age=${STORAGE_URL_SECONDS - 60}`);
    c.header('access-control-allow-origin', '*');
    return c.redirect(direct, 302);
  }
  const ifRange = c.req.header('if-range');
  // RFC 9110 §14.2: a range is defined for GET alone.
  const honoured = !isHead && (ifRange === undefined || ifRange === headers.etag);
  const range = honoured ? parseRange(c.req.header('range'), size) : null;
  if (range === 'unsatisfiable') {
    return c.body(null, 416, { 'content-range': `bytes */${size}`, 'accept-ranges': 'bytes' });
  }
  if (isHead) return c.body(null, 200, { ...headers, 'content-length': String(size) });
  const storage = await ctx.storages.of(grant.row.storageId);
  const stream = await storage.read(key, range ?? undefined);
  if (stream === null)
    throw slipwayError('storage_unavailable', 'The bytes of this file cannot be read right now.');
  const body = Readable.toWeb(stream) as ReadableStream;
  if (range === null) return c.body(body, 200, { ...headers, 'content-length': String(size) });
  return c.body(body, 206, {
    ...headers,
    'content-range': `bytes ${range.start}-${range.end}/${size}`,
    'content-length': String(range.end - range.start + 1),
  });
}

async function directUrl(ctx: SlipwayContext, grant: Grant): Promise<string | null> {
  const storage = await ctx.storages.of(grant.row.storageId);
  return storage.signDownload({
    key: grant.row.key,
    type: grant.row.type,
    disposition: dispositionOf(grant),
    expiresInSeconds: STORAGE_URL_SECONDS,
  });
}
