import { Readable } from 'node:stream';
import { createRouter, type HttpApp, type KernelEnv } from '@repo/foundation/http';
import type { Context } from 'hono';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { contentDisposition, isPassive, typeInOwnOrigin } from './content-disposition.ts';
import { redirectToFilesHost } from './files-host.ts';
import { authorize, authorizeLatest, type Grant } from './grant.ts';
import { parseRange } from './parse-range.ts';
import { type Representation, representationOf } from './representation.ts';

/** Whatever is in the file, in our origin it gets no script, no form and no frame. */
const FILE_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox";
/** How long a redirect to the storage's own URL stays good. */
const STORAGE_URL_SECONDS = 300;

/** `GET /f/<key>`: ready files and pictures made from them; public ones to all, private ones by signed URL. */
export function mountDelivery(
  app: HttpApp,
  makeContext: (c: Context<KernelEnv>) => SlipwayContext,
): void {
  const router = createRouter();
  router.get('/:folder/:name', async (c) => {
    const ctx = makeContext(c);
    const elsewhere = redirectToFilesHost(c.req.raw, ctx.config);
    if (elsewhere !== null) return elsewhere;
    return sendFile(c, ctx, await authorize(c, ctx));
  });
  for (const [word, isTest] of [
    ['id', false],
    ['test-id', true],
  ] as const) {
    router.get(`/:folder/${word}/:customId`, async (c) => {
      const ctx = makeContext(c);
      const elsewhere = redirectToFilesHost(c.req.raw, ctx.config);
      if (elsewhere !== null) return elsewhere;
      return sendFile(c, ctx, await authorizeLatest(c, ctx, { isTest }));
    });
  }
  app.route('/f', router);
}

/** The bytes that this grants, or what else HTTP answers to the request's headers. */
export async function sendFile(
  c: Context<KernelEnv>,
  ctx: SlipwayContext,
  grant: Grant,
): Promise<Response> {
  const answer = (await send(c, ctx, grant)) ?? (await send(c, ctx, grant));
  if (answer !== null) return answer;
  throw slipwayError('storage_unavailable', 'The bytes of this file cannot be read right now.');
}

/** Null when a picture that was made before is not there any more, so that it has to be made again. */
async function send(
  c: Context<KernelEnv>,
  ctx: SlipwayContext,
  grant: Grant,
): Promise<Response | null> {
  const found = await representationOf(ctx, grant, c.req.header('accept'));
  const isOwnOrigin = ctx.config.filesUrl === ctx.config.publicUrl;
  const headers = {
    ...headersOf(grant, found),
    'content-type': isOwnOrigin ? typeInOwnOrigin(found.type) : found.type,
  };
  if (isKnown(c.req.header('if-none-match'), found.etag)) return c.body(null, 304, headers);
  const isHead = c.req.method === 'HEAD';
  const length = { 'content-length': String(found.size) };
  // A storage signs its URL for GET alone, so HEAD is answered here, from the row.
  if (isHead) return c.body(null, 200, { ...headers, ...length });
  const direct = await found.direct?.({
    disposition: headers['content-disposition'],
    expiresInSeconds: STORAGE_URL_SECONDS,
  });
  if (direct !== undefined && direct !== null) return redirect(c, direct, grant);
  const range = rangeOf(c, found);
  if (range === 'unsatisfiable') {
    const refused = { 'content-range': `bytes */${found.size}`, 'accept-ranges': 'bytes' };
    return c.body(null, 416, { ...refused, 'cache-control': 'no-store' });
  }
  const stream = await found.open(range ?? undefined);
  if (stream === null) return forget(found);
  const body = Readable.toWeb(stream) as ReadableStream;
  if (range === null) return c.body(body, 200, { ...headers, ...length });
  return c.body(body, 206, {
    ...headers,
    'content-range': `bytes ${range.start}-${range.end}/${found.size}`,
    'content-length': String(range.end - range.start + 1),
  });
}

async function forget({ forget: forgetIt }: Representation): Promise<null> {
  if (forgetIt === undefined) {
    throw slipwayError('storage_unavailable', 'The bytes of this file cannot be read right now.');
  }
  await forgetIt();
  return null;
}

/** Weakly compared (RFC 9110 §13.1.2): `W/` makes no difference, `*` is whatever there is. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}

function rangeOf(c: Context<KernelEnv>, { etag, size }: Representation) {
  const ifRange = c.req.header('if-range');
  return ifRange === undefined || ifRange === etag ? parseRange(c.req.header('range'), size) : null;
}

function redirect(c: Context<KernelEnv>, url: string, { isLatest }: Grant): Response {
  const kept = isLatest ? 'no-cache' : `max-age=${STORAGE_URL_SECONDS - 60}`;
  c.header('cache-control', `private, ${kept}`);
  c.header('access-control-allow-origin', '*');
  return c.redirect(url, 302);
}

/** Only for answers that are the file: an error with them would pass for it. */
function headersOf(grant: Grant, { type, name, etag, vary }: Representation) {
  const kind = !grant.save && isPassive(type) ? 'inline' : 'attachment';
  return {
    etag,
    'content-disposition': contentDisposition(kind, grant.saveAs ?? name),
    'content-security-policy': FILE_CSP,
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'accept-ranges': 'bytes',
    'cache-control': grant.cacheControl,
    ...(vary === undefined ? {} : { vary }),
  };
}
