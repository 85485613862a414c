import { hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { slipwayError } from '../../errors.ts';
import type { ByteRange, CopyObject, ListedObject, ObjectInfo, PutObject } from '../storage.ts';
import { storageUnavailable } from '../unavailable.ts';
import type { Bucket } from './bucket.ts';
import { BRIEFLY, base64ToHex, guarded, isMissing, nullIfMissing, SOON } from './client.ts';

export async function head(bucket: Bucket, key: string): Promise<ObjectInfo | null> {
  const { verifiesPut, verifiesParts } = await bucket.capabilities();
  const command = new HeadObjectCommand({
    Bucket: bucket.name,
    Key: key,
    ...(verifiesPut || verifiesParts ? { ChecksumMode: 'ENABLED' as const } : {}),
  });
  const object = await nullIfMissing(bucket.client.send(command, BRIEFLY));
  if (object === null) return null;
  // Of an object that came in parts it is a digest of digests, marked so with their number.
  const [digest, parts] = object.ChecksumSHA256?.split('-') ?? [];
  const sha256 = digest === undefined ? null : base64ToHex(digest);
  return {
    size: object.ContentLength ?? 0,
    type: object.ContentType ?? null,
    etag: object.ETag ?? null,
    // Others report what the client claimed, so that the object has to be read back.
    sha256: verifiesPut && parts === undefined ? sha256 : null,
    partsSha256: verifiesParts && parts !== undefined ? sha256 : null,
  };
}

export async function read(
  { client, name: Bucket }: Bucket,
  key: string,
  range: ByteRange | undefined,
): Promise<Readable | null> {
  const Range = range === undefined ? undefined : rangeHeader(range);
  const object = await nullIfMissing(
    client.send(new GetObjectCommand({ Bucket, Key: key, Range }), SOON),
  );
  // In Node the SDK's body is always a Readable.
  return object === null ? null : (object.Body as Readable);
}

export const rangeHeader = ({ start, end }: ByteRange) => `bytes=${start}-${end}`;

export async function put(bucket: Bucket, { key, type, body }: PutObject): Promise<void> {
  const { verifiesPut } = await bucket.capabilities();
  const command = new PutObjectCommand({
    Bucket: bucket.name,
    Key: key,
    ContentType: type,
    Body: body,
    // What was changed on its way is refused there.
    ...(verifiesPut ? { ChecksumSHA256: hash('sha256', body, 'base64') } : {}),
  });
  await guarded(bucket.client.send(command));
}

export async function copy(
  { client, name: Bucket }: Bucket,
  { from, to, type, ifMatch }: CopyObject,
): Promise<void> {
  const command = new CopyObjectCommand({
    Bucket,
    Key: to,
    CopySource: `${Bucket}/${from}`,
    ContentType: type,
    MetadataDirective: 'REPLACE',
    ...(ifMatch == null ? {} : { CopySourceIfMatch: ifMatch }),
  });
  await namingMissing(client.send(command));
}

/** A copy's 404 is about its source. */
export async function namingMissing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error))
      throw slipwayError('not_found', 'There is no such object.', { cause: error });
    return guarded(Promise.reject(error));
  }
}

export async function* listObjects(
  { client, name: Bucket }: Bucket,
  after: string | undefined,
): AsyncGenerator<ListedObject> {
  let last = after;
  for (;;) {
    const start = last === undefined ? {} : { StartAfter: last };
    const command = new ListObjectsV2Command({ Bucket, ...start });
    const page = await guarded(client.send(command, BRIEFLY));
    for (const { Key, Size = 0, LastModified } of page.Contents ?? []) {
      if (Key !== undefined) yield { key: Key, size: Size, modifiedAt: LastModified ?? new Date() };
    }
    if (page.IsTruncated !== true) return;
    const next = page.Contents?.at(-1)?.Key;
    if (next === undefined || (last !== undefined && compareKeys(next, last) <= 0))
      throw goesInCircles('keys');
    last = next;
  }
}

/** As S3 orders them. */
export const compareKeys = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** A list that says it goes on, and does not, would never end. */
export const goesInCircles = (of: string) =>
  storageUnavailable(new Error(`the storage’s list of ${of} says that it goes on, but does not`));
