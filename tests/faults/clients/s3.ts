import { createHash, createHmac } from 'node:crypto';

export interface S3Access {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

export interface S3Request {
  readonly method: string;
  /** Bucket and key. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
}

const REGION = 'us-east-1';
const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text).digest();

/** An S3 URL as the guides for browsers sign it: for a place and a time, whatever the bytes. */
export function presign({ endpoint, accessKey, secretKey }: S3Access, request: S3Request): string {
  const url = new URL(`/${request.path}`, endpoint);
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const scope = `${day}/${REGION}/s3/aws4_request`;
  const query = new Map<string, string>([
    ...Object.entries(request.query ?? {}).map(([name, value]) => [name, String(value)] as const),
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${accessKey}/${scope}`],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', '900'],
    ['X-Amz-SignedHeaders', 'host'],
  ]);
  const pairs = [...query]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort();
  const canonical = [
    ...[request.method, url.pathname, pairs.join('&')],
    ...[`host:${url.host}`, '', 'host', 'UNSIGNED-PAYLOAD'],
  ].join('\n');
  const digest = createHash('sha256').update(canonical).digest('hex');
  const key = [day, REGION, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, digest].join('\n')).toString('hex');
  url.search = `${pairs.join('&')}&X-Amz-Signature=${signature}`;
  return url.href;
}

/** The answer when it is one of success. */
export async function askS3(
  access: S3Access,
  request: S3Request,
  body?: string,
): Promise<Response> {
  const response = await fetch(presign(access, request), {
    method: request.method,
    ...(body === undefined
      ? {}
      : { body, headers: { 'content-md5': createHash('md5').update(body).digest('base64') } }),
  });
  if (response.ok) return response;
  throw new Error(`${request.method} ${request.path}: ${response.status} ${await response.text()}`);
}
