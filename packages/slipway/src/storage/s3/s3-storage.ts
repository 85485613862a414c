import type { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { slipwayError } from '../../errors.ts';
import { type Capabilities, UNPROBED } from '../capabilities.ts';
import type { ListedObject, SignUpload, Storage } from '../storage.ts';
import {
  base64ToHex,
  createS3Client,
  guarded,
  hexToBase64,
  isMissing,
  nullIfMissing,
  type S3Options,
} from './client.ts';
import { s3Multipart } from './multipart.ts';

const HOUR_MS = 3_600_000;
/** What S3 takes in one PUT: 5 GiB. */
const MAX_PUT_BYTES = 5 * 1024 ** 3;

/**
 * Objects in one S3 bucket; clients send and fetch the bytes there themselves. `capabilities` says what
 * probing found out (`probe.ts`).
 */
export function createS3Storage(
  options: S3Options,
  capabilities: () => Promise<Capabilities> = async () => UNPROBED,
): Storage {
  const client = createS3Client(options);
  const { bucket: Bucket } = options;

  return {
    kind: 's3',
    name: `s3:${options.endpoint ?? options.region}/${Bucket}`,
    maxUploadBytes: MAX_PUT_BYTES,
    capabilities,
    // S3 never shows a PUT that is running, and one that began in time may take hours to arrive.
    grace: { expireMs: HOUR_MS, eraseMs: 24 * HOUR_MS },
    isReceiving: async () => false,
    // A PUT that breaks off leaves nothing in a bucket.
    tidy: async () => 0,
    signUpload: async (input) => signUpload({ client, Bucket, input, can: await capabilities() }),
    signDownload({ key, expiresInSeconds, type, disposition }) {
      const command = new GetObjectCommand({
        Bucket,
        Key: key,
        ResponseContentType: type,
        ResponseContentDisposition: disposition,
      });
      return getSignedUrl(client, command, { expiresIn: expiresInSeconds });
    },
    async head(key) {
      const { verifiesPut } = await capabilities();
      const object = await nullIfMissing(
        client.send(
          new HeadObjectCommand({
            Bucket,
            Key: key,
            ...(verifiesPut ? { ChecksumMode: 'ENABLED' as const } : {}),
          }),
        ),
      );
      if (object === null) return null;
      // Of an object that came in parts it is a digest of digests, marked so.
      const digest = object.ChecksumSHA256?.includes('-') === true ? null : object.ChecksumSHA256;
      return {
        size: object.ContentLength ?? 0,
        type: object.ContentType ?? null,
        // Others report what the client claimed, so that the object has to be read back.
        sha256: verifiesPut && digest ? base64ToHex(digest) : null,
      };
    },
    async read(key, range) {
      const Range = range === undefined ? undefined : `bytes=${range.start}-${range.end}`;
      const object = await nullIfMissing(
        client.send(new GetObjectCommand({ Bucket, Key: key, Range })),
      );
      // In Node the SDK's body is always a Readable.
      return object === null ? null : (object.Body as Readable);
    },
    async put({ key, type, body }) {
      await guarded(
        client.send(new PutObjectCommand({ Bucket, Key: key, ContentType: type, Body: body })),
      );
    },
    async copy({ from, to, type }) {
      const command = new CopyObjectCommand({
        Bucket,
        Key: to,
        CopySource: `${Bucket}/${from}`,
        ContentType: type,
        MetadataDirective: 'REPLACE',
      });
      try {
        await client.send(command);
      } catch (error) {
        if (isMissing(error))
          throw slipwayError('not_found', 'There is no such object.', { cause: error });
        await guarded(Promise.reject(error));
      }
    },
    async delete(key) {
      await nullIfMissing(client.send(new DeleteObjectCommand({ Bucket, Key: key })));
    },
    appendFiles: null,
    list: (after) => listObjects({ client, Bucket, after }),
    ...s3Multipart({ client, bucket: Bucket, capabilities }),
    async check() {
      await client.send(new HeadBucketCommand({ Bucket }));
    },
  };
}

async function signUpload({
  client,
  Bucket,
  input: { key, size, type, sha256, expiresInSeconds },
  can,
}: {
  client: S3Client;
  Bucket: string;
  input: SignUpload;
  can: Capabilities;
}) {
  const digest = can.verifiesPut && sha256 !== undefined ? hexToBase64(sha256) : undefined;
  const headers: Record<string, string> = {
    'content-type': type,
    ...(can.createOnlyPut ? { 'if-none-match': '*' } : {}),
    ...(digest === undefined ? {} : { 'x-amz-checksum-sha256': digest }),
  };
  const command = new PutObjectCommand({
    Bucket,
    Key: key,
    ContentType: type,
    ContentLength: size,
    ...(can.createOnlyPut ? { IfNoneMatch: '*' } : {}),
    ...(digest === undefined ? {} : { ChecksumSHA256: digest }),
  });
  const pinned = new Set(['content-length', 'host', ...Object.keys(headers)]);
  const url = await getSignedUrl(client, command, {
    expiresIn: expiresInSeconds,
    signableHeaders: pinned,
    // As a query parameter a header would be signed but not sent, and so not enforced.
    unhoistableHeaders: pinned,
  });
  return { url, method: 'PUT' as const, headers };
}

async function* listObjects({
  client,
  Bucket,
  after,
}: {
  client: S3Client;
  Bucket: string;
  after: string | undefined;
}): AsyncGenerator<ListedObject> {
  let last = after;
  for (;;) {
    const page = await guarded(
      client.send(
        new ListObjectsV2Command({ Bucket, ...(last === undefined ? {} : { StartAfter: last }) }),
      ),
    );
    for (const { Key, Size = 0, LastModified } of page.Contents ?? []) {
      if (Key === undefined) continue;
      last = Key;
      yield { key: Key, size: Size, modifiedAt: LastModified ?? new Date(0) };
    }
    if (page.IsTruncated !== true) return;
  }
}
