import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { S3Options } from '../client.ts';
import { type Call, callOf } from './call.ts';
import { corsFromXml, corsHeaders, corsToXml } from './cors.ts';
import { type Listing, listing } from './listing.ts';
import { type OpenUploads, openUploads } from './open-uploads.ts';
import { AWS, type Operation, type Rules } from './rules.ts';
import { notImplemented, S3Failure, s3Failure } from './s3-failure.ts';
import { checkSignature } from './sigv4.ts';
import { type Reply, type Upstream, upstreamAt } from './upstream.ts';

export interface StrictS3 {
  readonly options: S3Options;
  /** In force from the next request on. */
  rules: Rules;
  /** What was asked of it, in order. */
  readonly asked: Operation[];
  close(): Promise<void>;
}

/**
 * The rules of an S3 server that cannot be had here, enforced in front of one that knows few (fauxqs,
 * at `upstream`) and keeps the bytes. Rules can be bent, too: a bucket that is set up wrongly.
 */
export async function startStrictS3(
  upstream: string,
  rules: Partial<Rules> = {},
): Promise<StrictS3> {
  const strict = { rules: { ...AWS, ...rules }, asked: [] as Operation[] };
  const now = () => new Date(Date.now() + strict.rules.clockSkewMs);
  const parts = {
    strict,
    now,
    upstream: upstreamAt(upstream),
    uploads: openUploads(() => strict.rules, now),
    objects: listing(now),
    writing: new Set<string>(),
  };
  const server = createServer((incoming, response) => {
    void answer(incoming, parts).then((reply) => write(response, reply));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { accessKeyId, secretAccessKey, region } = strict.rules;
  return Object.assign(strict, {
    options: {
      bucket: 'strict',
      endpoint: `http://127.0.0.1:${port}`,
      region,
      accessKeyId,
      secretAccessKey,
      forcePathStyle: true,
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

interface Parts {
  /** By the server's clock. */
  now: () => Date;
  strict: Pick<StrictS3, 'rules' | 'asked'>;
  upstream: Upstream;
  uploads: OpenUploads;
  objects: Listing;
  /** Keys that somebody writes to right now: whoever comes second under a condition is told so. */
  writing: Set<string>;
}

const xml = (text: string, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: Buffer.from(text),
});

const empty = (headers: Record<string, string> = {}, status = 200): Reply => ({
  status,
  headers,
  body: Buffer.alloc(0),
});

async function answer(incoming: IncomingMessage, parts: Parts): Promise<Reply> {
  const { origin } = incoming.headers;
  const body = await buffer(incoming);
  const isPreflight = incoming.method === 'OPTIONS';
  const reply = isPreflight
    ? preflight(incoming, parts.strict.rules)
    : await obey(incoming, body, parts).catch(failed);
  const { rules } = parts.strict;
  const cors =
    origin === undefined || isPreflight
      ? null
      : corsHeaders(rules.cors, { origin, method: incoming.method ?? '' });
  const date = parts.now().toUTCString();
  return { ...reply, headers: { ...reply.headers, ...cors, date } };
}

function failed(error: unknown): Reply {
  if (error instanceof S3Failure) return xml(error.xml, error.status);
  const status = error instanceof URIError ? 400 : 500;
  return xml(s3Failure(status, error instanceof Error ? error.name : 'Unknown').xml, status);
}

function write(response: ServerResponse, { status, headers, body }: Reply): void {
  const { 'content-length': length = String(body.length), ...others } = headers;
  response.writeHead(status, { ...others, 'content-length': length });
  response.end(body);
}

function preflight({ headers }: IncomingMessage, rules: Rules): Reply {
  const names = String(headers['access-control-request-headers'] ?? '');
  const cors = corsHeaders(rules.cors, {
    origin: headers.origin ?? '',
    method: String(headers['access-control-request-method'] ?? ''),
    headers: names === '' ? [] : names.split(',').map((name) => name.trim()),
  });
  if (cors !== null) return empty(cors);
  return xml(s3Failure(403, 'AccessForbidden', 'This CORS request is not allowed.').xml, 403);
}

async function obey(incoming: IncomingMessage, body: Buffer, parts: Parts): Promise<Reply> {
  const { rules, asked } = parts.strict;
  const call = callOf(incoming, body);
  const { operation, method, headers } = call;
  asked.push(operation);
  const [path = '/', query = ''] = call.url.split('?');
  const signed = checkSignature(
    { method, path, query, headers, body },
    { ...rules, now: parts.now() },
  );
  if (!signed && !rules.anonymous.includes(operation))
    throw s3Failure(403, 'AccessDenied', 'Access Denied');
  if (rules.denied.includes(operation)) throw s3Failure(403, 'AccessDenied', 'Access Denied');
  if (rules.missing.includes(operation)) throw notImplemented();
  if (rules.busy.includes(operation)) throw s3Failure(503, 'SlowDown', 'Reduce your rate.');
  if (rules.fails?.operation === operation)
    throw s3Failure(rules.fails.status, 'InternalError', 'Something went wrong.');
  checkChecksums(call, rules);
  if (operation !== 'CreateBucket' && !(await parts.upstream.hasBucket(call)))
    throw s3Failure(404, 'NoSuchBucket', 'The specified bucket does not exist');
  return onBucket(call, parts) ?? (await onUpload(call, parts)) ?? onObject(call, parts);
}

const SHA256 = 'x-amz-checksum-sha256';

function checkChecksums({ headers, body, search }: Call, { checksums }: Rules): void {
  const named = [...Object.keys(headers), ...[...search.keys()].map((name) => name.toLowerCase())];
  const found = named.filter((name) =>
    /^x-amz-(checksum-(?!mode)|sdk-checksum-algorithm)/.test(name),
  );
  if (found.length > 0 && checksums === 'refused')
    throw s3Failure(400, 'InvalidArgument', `Unsupported header '${found[0]}' received`);
  const given = headers[SHA256];
  if (given === undefined || checksums !== 'compared') return;
  if (given !== createHash('sha256').update(body).digest('base64'))
    throw s3Failure(400, 'XAmzContentChecksumMismatch', 'The body does not match the checksum.');
}

/** What a bucket is set up like, which fauxqs does not know; null where it does. */
function onBucket({ operation, search, body }: Call, { strict, objects }: Parts): Reply | null {
  const { rules } = strict;
  switch (operation) {
    case 'ListObjectsV2':
      return xml(objects.page(search));
    case 'GetBucketCors':
      return xml(corsToXml(rules.cors));
    case 'PutBucketCors':
      strict.rules = { ...rules, cors: corsFromXml(body.toString()) };
      return empty();
    case 'GetBucketVersioning': {
      const status = rules.versioning === null ? '' : `<Status>${rules.versioning}</Status>`;
      return xml(`<VersioningConfiguration>${status}</VersioningConfiguration>`);
    }
    default:
      return null;
  }
}

async function onUpload(call: Call, parts: Parts): Promise<Reply | null> {
  const { operation, search, headers, key, body } = call;
  const { uploads, upstream, objects } = parts;
  const uploadId = search.get('uploadId') ?? '';
  switch (operation) {
    case 'CreateMultipartUpload': {
      const type = headers['content-type'] ?? 'binary/octet-stream';
      const algorithm = headers['x-amz-checksum-algorithm'];
      const name = uploads.create({ key, type, algorithm });
      return xml(
        `<InitiateMultipartUploadResult><UploadId>${name}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    case 'UploadPart':
    case 'UploadPartCopy':
      return receivePart(call, parts);
    case 'ListParts':
      return xml(uploads.listParts(uploadId));
    case 'ListMultipartUploads':
      return xml(uploads.list({ key: search.get('key-marker'), prefix: search.get('prefix') }));
    case 'CompleteMultipartUpload': {
      const object = uploads.complete(uploadId, body.toString());
      await upstream.put(call, object);
      objects.add(key, object.bytes.length);
      return xml('<CompleteMultipartUploadResult></CompleteMultipartUploadResult>');
    }
    case 'AbortMultipartUpload':
      uploads.abort(uploadId);
      return empty({}, 204);
    default:
      return null;
  }
}

async function receivePart(call: Call, { uploads, upstream }: Parts): Promise<Reply> {
  const { operation, search, headers } = call;
  const uploadId = search.get('uploadId') ?? '';
  const number = Number(search.get('partNumber'));
  if (operation === 'UploadPart') {
    const { body } = call;
    const part = { number, body, sha256: headers[SHA256], copied: false };
    const etag = uploads.receive(uploadId, part);
    if (uploads.isOver(uploadId))
      await upstream.put(call, { bytes: body, type: 'application/octet-stream' });
    return empty({ etag });
  }
  const source = await upstream.get(`/${headers['x-amz-copy-source'] ?? ''}`);
  if (source === null) throw s3Failure(404, 'NoSuchKey', 'The specified key does not exist.');
  const [, start, end] = /bytes=(\d+)-(\d+)/.exec(headers['x-amz-copy-source-range'] ?? '') ?? [];
  const body = source.subarray(Number(start), Number(end) + 1);
  const etag = uploads.receive(uploadId, { number, body, sha256: undefined, copied: true });
  return xml(`<CopyPartResult><ETag>${etag.replaceAll('"', '&quot;')}</ETag></CopyPartResult>`);
}

async function onObject(call: Call, { strict, upstream, objects, writing }: Parts): Promise<Reply> {
  const { operation, key, headers } = call;
  const { createOnly, range } = strict.rules;
  const conditional = operation === 'PutObject' && headers['if-none-match'] === '*';
  if (conditional && createOnly === 'refused') throw notImplemented();
  if (conditional && createOnly === 'enforced') {
    if (writing.has(key)) throw s3Failure(409, 'ConditionalRequestConflict', 'Try again.');
    if (objects.has(key)) throw s3Failure(412, 'PreconditionFailed', 'A precondition did not hold');
  }
  writing.add(key);
  try {
    const reply = await upstream.forward(call, { range });
    if (reply.status < 300) await remember(call, { upstream, objects });
    return { ...reply, headers: { ...reply.headers, ...overrides(call) } };
  } finally {
    writing.delete(key);
  }
}

async function remember(
  call: Call,
  { upstream, objects }: Pick<Parts, 'upstream' | 'objects'>,
): Promise<void> {
  const { operation, key, body } = call;
  if (operation === 'PutObject') objects.add(key, body.length);
  if (operation === 'DeleteObject') objects.remove(key);
  if (operation !== 'CopyObject') return;
  const copy = await upstream.get(call.url.split('?')[0] ?? '/');
  objects.add(key, copy?.length ?? 0);
}

/** `response-content-type` and its like, which fauxqs leaves out. */
function overrides({ operation, search }: Call): Record<string, string> {
  if (operation !== 'GetObject') return {};
  return Object.fromEntries(
    [...search].flatMap(([name, value]) =>
      name.startsWith('response-') ? [[name.slice('response-'.length), value]] : [],
    ),
  );
}
