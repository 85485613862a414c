import { Readable } from 'node:stream';
import type { HttpApp, KernelEnv } from '@repo/foundation/http';
import type { Context } from 'hono';
import { slipwayError } from '../errors.ts';
import { requireFile } from '../file/internal.ts';
import { readTransform } from '../image/transform.ts';
import type { TrpcContext } from '../trpc.ts';
import { contentDisposition } from './content-disposition.ts';
import { sendFile } from './http.ts';
import { openFile } from './open-file.ts';
import { parseRange } from './parse-range.ts';

/** A look at a file, not a way to move it: longer answers end here. */
const MOST_BYTES = 50 * 1024 * 1024;
const PICTURE_SECONDS = 3600;

/** The thumbnail of screens with two pixels for one; made when the first of them asks. */
const LARGE = { w: '640', h: '640', fit: 'inside' } as const;

type ContextOf = (c: Context<KernelEnv>) => Promise<TrpcContext>;

/**
 * What the dashboard shows of a file, to members who may read files: through this server, so that it
 * works for private files, and for buckets that let no page of ours read them (CORS).
 */
export function mountPreviews(app: HttpApp, contextOf: ContextOf): void {
  app.get('/api/download/files/:fileId/content', async (c) => {
    const { ctx, row } = await readable(c, contextOf);
    const range = parseRange(c.req.header('range'), row.size) ?? { start: 0, end: row.size - 1 };
    if (range === 'unsatisfiable')
      return c.body(null, 416, { 'content-range': `bytes */${row.size}` });
    const { start } = range;
    const end = Math.min(range.end, start + MOST_BYTES - 1);
    const isWhole = end - start + 1 >= row.size;
    const stream = await openFile(ctx, { row, range: isWhole ? undefined : { start, end } });
    if (stream === null)
      throw slipwayError('storage_unavailable', 'The bytes of this file cannot be read right now.');
    return c.body(Readable.toWeb(stream) as ReadableStream, isWhole ? 200 : 206, {
      ...HARMLESS,
      'content-disposition': contentDisposition('attachment', row.name),
      'content-length': String(end - start + 1),
      ...(!isWhole && { 'content-range': `bytes ${start}-${end}/${row.size}` }),
    });
  });

  app.get('/api/download/files/:fileId/thumbnail', async (c) => {
    const { ctx, row } = await readable(c, contextOf);
    const answer = await sendFile(c, ctx, {
      row,
      transform: readTransform(c.req.query('size') === 'large' ? LARGE : { preset: 'thumbnail' }),
      save: false,
      saveAs: undefined,
      // Its address has the digest in it.
      cacheControl: `private, max-age=${PICTURE_SECONDS}`,
    });
    // Unlike the addresses below /f it has a session behind it: no other page gets it.
    answer.headers.delete('access-control-allow-origin');
    answer.headers.set('cross-origin-resource-policy', 'same-origin');
    return answer;
  });
}

/** Bytes for a script of ours to read; to a browser they are nothing that it would show or run. */
const HARMLESS = {
  'content-type': 'application/octet-stream',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

async function readable(c: Context<KernelEnv>, contextOf: ContextOf) {
  const from = c.req.header('sec-fetch-site');
  if (from !== undefined && from !== 'same-origin' && from !== 'none')
    throw slipwayError('forbidden', `Expected a request of the dashboard, came from ${from}.`);
  const { failure, ...ctx } = await contextOf(c);
  if (failure !== undefined) throw failure;
  if (ctx.actor.type !== 'user') throw slipwayError('unauthenticated', 'Sign in first.');
  const { row } = await requireFile(ctx, c.req.param('fileId') ?? '', 'file.read');
  if (row.status !== 'ready')
    throw slipwayError('conflict', `Only ready files can be looked at; this one is ${row.status}.`);
  return { ctx, row };
}
