import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Storage } from '../storage.ts';
import { storageUnavailable } from '../unavailable.ts';

const HOUR_MS = 3_600_000;
/** What S3 takes in one PUT: 5 GiB. */
const MAX_PUT_BYTES = 5 * 1024 ** 3;

export interface S3Options {
  bucket: string;
  endpoint: string | undefined;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  forcePathStyle: boolean;
}

async function nullIfMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return null;
    // Also a 403: so S3 answers for a missing key when the credentials lack s3:ListBucket, and
    // taking it for "missing" would let a wrong policy expire uploads whose bytes are there.
    throw storageUnavailable(error);
  }
}

const hexToBase64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');

export function createS3Client(options: S3Options): S3Client {
  return new S3Client({
    region: options.region,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    forcePathStyle: options.forcePathStyle,
    credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
    // By default the SDK bakes the CRC32 of an empty body into presigned PUTs (aws-sdk-js-v3#6810).
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

/** Objects in one S3 bucket; clients send and fetch the bytes there themselves. */
export function createS3Storage(options: S3Options): Storage {
  const client = createS3Client(options);
  const { bucket: Bucket } = options;

  return {
    kind: 's3',
    maxUploadBytes: MAX_PUT_BYTES,
    // S3 never shows a PUT that is running, and one that began in time may take hours to arrive.
    grace: { expireMs: HOUR_MS, eraseMs: 24 * HOUR_MS },
    isReceiving: async () => false,
    // A PUT that breaks off leaves nothing in a bucket.
    tidy: async () => 0,
    async signUpload({ key, size, type, sha256, expiresInSeconds }) {
      const headers: Record<string, string> = {
        'content-type': type,
        'if-none-match': '*',
        ...(sha256 === undefined ? {} : { 'x-amz-checksum-sha256': hexToBase64(sha256) }),
      };
      const command = new PutObjectCommand({
        Bucket,
        Key: key,
        ContentType: type,
        ContentLength: size,
        IfNoneMatch: '*',
        ...(sha256 === undefined ? {} : { ChecksumSHA256: hexToBase64(sha256) }),
      });
      const pinned = new Set(['content-length', 'host', ...Object.keys(headers)]);
      const url = await getSignedUrl(client, command, {
        expiresIn: expiresInSeconds,
        signableHeaders: pinned,
        // As a query parameter a header would be signed but not sent, and so not enforced.
        unhoistableHeaders: pinned,
      });
      return { url, method: 'PUT', headers };
    },
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
      const object = await nullIfMissing(client.send(new HeadObjectCommand({ Bucket, Key: key })));
      if (object === null) return null;
      return {
        size: object.ContentLength ?? 0,
        type: object.ContentType ?? null,
        // What the server reports may be the client's own claim, so completion reads the object back.
        sha256: null,
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
    async delete(key) {
      await nullIfMissing(client.send(new DeleteObjectCommand({ Bucket, Key: key })));
    },
    async check() {
      await client.send(new HeadBucketCommand({ Bucket }));
    },
  };
}
