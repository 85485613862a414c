import type { IncomingMessage } from 'node:http';
import type { Operation } from './rules.ts';

/** One request, and what it asks for. */
export interface Call {
  operation: Operation;
  method: string;
  /** As sent, with its query. */
  url: string;
  key: string;
  search: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: Buffer;
}

const BUCKET_QUERIES: [query: string, get: Operation, put: Operation][] = [
  ['cors', 'GetBucketCors', 'PutBucketCors'],
  ['lifecycle', 'GetBucketLifecycleConfiguration', 'PutBucketLifecycleConfiguration'],
  ['versioning', 'GetBucketVersioning', 'GetBucketVersioning'],
  ['uploads', 'ListMultipartUploads', 'ListMultipartUploads'],
];

export function callOf(incoming: IncomingMessage, body: Buffer): Call {
  const url = incoming.url ?? '/';
  const { pathname, searchParams: search } = new URL(url, 'http://s3');
  const headers = incoming.headers as Record<string, string | undefined>;
  const method = incoming.method ?? 'GET';
  const key = decodeURIComponent(pathname.split('/').slice(2).join('/'));
  const operation = key === '' ? onBucket(method, search) : onObject(method, search, headers);
  return { operation, method, url, key, search, headers, body };
}

function onBucket(method: string, search: URLSearchParams): Operation {
  const found = BUCKET_QUERIES.find(([name]) => search.has(name));
  if (found !== undefined) return method === 'GET' ? found[1] : found[2];
  if (method === 'HEAD') return 'HeadBucket';
  return method === 'PUT' ? 'CreateBucket' : 'ListObjectsV2';
}

function onObject(method: string, search: URLSearchParams, headers: Call['headers']): Operation {
  const copied = headers['x-amz-copy-source'] !== undefined;
  const inParts = search.has('uploadId');
  switch (method) {
    case 'PUT':
      if (inParts) return copied ? 'UploadPartCopy' : 'UploadPart';
      return copied ? 'CopyObject' : 'PutObject';
    case 'POST':
      return inParts ? 'CompleteMultipartUpload' : 'CreateMultipartUpload';
    case 'DELETE':
      return inParts ? 'AbortMultipartUpload' : 'DeleteObject';
    case 'HEAD':
      return 'HeadObject';
    default:
      return inParts ? 'ListParts' : 'GetObject';
  }
}
