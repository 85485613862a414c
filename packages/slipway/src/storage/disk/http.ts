import { createRouter, type HttpApp, type KernelEnv } from '@repo/foundation/http';
import type { SignedParams, UrlSigner } from '@repo/foundation/url-signer';
import type { Context } from 'hono';
import { cors } from 'hono/cors';
import { slipwayError } from '../../errors.ts';
import { diskPaths } from './disk-paths.ts';
import { ingestToDisk } from './ingest.ts';
import { ingestPart } from './parts.ts';
import { INGEST_PURPOSE, PART_PURPOSE } from './sign.ts';

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

/**
 * `PUT /ingest/<key>`: the target of the URLs that the disk storage signs, for whole files and for
 * parts. Any origin may send: the signature decides.
 */
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
    try {
      const sha256 = c.req.query('part')
        ? await receivePart(c, options)
        : await receiveFile(c, { ...options, key: `${folder}/${name}` });
      c.header('etag', `"${sha256}"`);
      return c.body(null, 200);
    } catch (error) {
      refuseBody(c);
      throw error;
    }
  });
  app.route('/ingest', router);
}

async function receiveFile(
  c: Context<KernelEnv>,
  options: IngestOptions & { key: string },
): Promise<string> {
  const { params, size } = readGrant(c, { ...options, purpose: INGEST_PURPOSE });
  const type = params['type'] ?? '';
  const sent = c.req.header('content-type') ?? '';
  if (sent.toLowerCase() !== type.toLowerCase()) {
    throw slipwayError(
      'type_mismatch',
      `Expected the header "Content-Type: ${type}", received "${sent}".`,
      { details: { expected: type, received: sent } },
    );
  }
  return ingestToDisk(options.root, {
    key: options.key,
    body: c.env.incoming,
    size,
    type,
    sha256: params['sha256'],
    ...idle(options),
  });
}

async function receivePart(c: Context<KernelEnv>, options: IngestOptions): Promise<string> {
  const { params, size } = readGrant(c, { ...options, purpose: PART_PURPOSE });
  const part = await ingestPart(diskPaths(options.root), {
    uploadId: params['upload'] ?? '',
    number: Number(params['part']),
    body: c.env.incoming,
    size,
    sha256: params['sha256'],
    ...idle(options),
  });
  return part.sha256 ?? '';
}

const idle = ({ idleMs }: IngestOptions) => (idleMs === undefined ? {} : { idleMs });

/** What the URL allows, after comparing its size with what the request announces. */
function readGrant(
  c: Context<KernelEnv>,
  { signer, now, purpose }: IngestOptions & { purpose: string },
): { params: SignedParams; size: number } {
  const url = new URL(c.req.url);
  const params = signer.verify({
    purpose,
    path: url.pathname,
    query: url.searchParams,
    now: now(),
  });
  const size = Number(params['size']);
  // What it wraps the bytes in would be stored with them, whatever the length of it all.
  const encoding = c.req.header('content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw slipwayError(
      'content_type_unsupported',
      `Expected the file’s bytes as they are, received them in "Content-Encoding: ${encoding}".`,
    );
  }
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
      { details: { expected: size, received: Number(length) } },
    );
  }
  return { params, size };
}
