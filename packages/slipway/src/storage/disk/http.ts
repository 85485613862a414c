import { createRouter, type HttpApp, type KernelEnv } from '@repo/foundation/http';
import type { Context } from 'hono';
import { cors } from 'hono/cors';
import { slipwayError } from '../../errors.ts';
import type { UrlSigner } from '../url-signer.ts';
import { INGEST_PURPOSE } from './disk-storage.ts';
import { ingestToDisk } from './ingest.ts';

export interface IngestOptions {
  root: string;
  signer: UrlSigner;
  now: () => Date;
  /** Milliseconds without a byte after which an upload is cut. */
  idleMs?: number;
}

/** A refused body may still be on its way; without this the connection would have to swallow it. */
function refuseBody(c: Context<KernelEnv>): void {
  c.header('connection', 'close');
}

/** `PUT /ingest/<key>`: the target of the URLs that the disk storage signs. Any origin may send: the signature decides. */
export function mountIngest(app: HttpApp, options: IngestOptions): void {
  const router = createRouter();
  router.use(
    '*',
    cors({
      origin: '*',
      allowMethods: ['PUT'],
      allowHeaders: ['content-type'],
      exposeHeaders: ['etag', 'x-request-id', 'retry-after'],
      maxAge: 86_400,
    }),
  );
  router.put('/:folder/:name', async (c) => {
    const { folder, name } = c.req.param();
    const key = `${folder}/${name}`;
    try {
      const expected = readGrant(c, options);
      const { idleMs } = options;
      const sha256 = await ingestToDisk(options.root, {
        key,
        body: c.env.incoming,
        ...expected,
        ...(idleMs === undefined ? {} : { idleMs }),
      });
      c.header('etag', `"${sha256}"`);
      return c.body(null, 200);
    } catch (error) {
      refuseBody(c);
      throw error;
    }
  });
  app.route('/ingest', router);
}

/** What the URL allows, after comparing it with what the request announces. */
function readGrant(c: Context<KernelEnv>, { signer, now }: IngestOptions) {
  const url = new URL(c.req.url);
  const params = signer.verify({
    purpose: INGEST_PURPOSE,
    path: url.pathname,
    query: url.searchParams,
    now: now(),
  });
  const size = Number(params['size']);
  const type = params['type'] ?? '';
  const length = c.req.header('content-length');
  if (length === undefined) {
    throw slipwayError(
      'length_required',
      `Expected the header "Content-Length: ${size}"; it is missing.`,
    );
  }
  if (Number(length) !== size) {
    throw slipwayError(
      'size_mismatch',
      `Expected ${size} bytes, the request announces ${length}.`,
      {
        details: { expected: size, received: Number(length) },
      },
    );
  }
  const sent = c.req.header('content-type') ?? '';
  if (sent.toLowerCase() !== type.toLowerCase()) {
    throw slipwayError(
      'type_mismatch',
      `Expected the header "Content-Type: ${type}", received "${sent}".`,
      {
        details: { expected: type, received: sent },
      },
    );
  }
  return { size, type, sha256: params['sha256'] };
}
