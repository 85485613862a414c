import { DeleteObjectCommand, HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { type Capabilities, UNPROBED } from '../capabilities.ts';
import type { Storage } from '../storage.ts';
import type { Bucket } from './bucket.ts';
import { BRIEFLY, createS3Client, nullIfMissing, type S3Options } from './client.ts';
import {
  abortMultipart,
  completeMultipart,
  copyPart,
  createMultipart,
  listMultiparts,
  listParts,
  writePart,
} from './multipart.ts';
import { copy, head, listObjects, put, read } from './objects.ts';
import { signDownload, signPart, signUpload } from './sign.ts';

const HOUR_MS = 3_600_000;
/** What S3 takes in one PUT: 5 GiB. */
const MAX_PUT_BYTES = 5 * 1024 ** 3;

/**
 * Objects in one S3 bucket; clients send and fetch the bytes there themselves. `capabilities` says what
 * probing found out (`probe/probe.ts`).
 */
export function createS3Storage(
  options: S3Options,
  capabilities: () => Promise<Capabilities> = async () => UNPROBED,
  client: S3Client = createS3Client(options),
): Storage {
  const bucket: Bucket = { client, name: options.bucket, capabilities };
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
    signUpload: (input) => signUpload(bucket, input),
    signDownload: (input) => signDownload(bucket, input),
    head: (key) => head(bucket, key),
    read: (key, range) => read(bucket, key, range),
    put: (input) => put(bucket, input),
    copy: (input) => copy(bucket, input),
    async delete(key) {
      await nullIfMissing(client.send(new DeleteObjectCommand({ Bucket, Key: key }), BRIEFLY));
    },
    createMultipart: (input) => createMultipart(bucket, input),
    signPart: (input) => signPart(bucket, input),
    writePart: (input) => writePart(bucket, input),
    copyPart: (input) => copyPart(bucket, input),
    listParts: (upload) => listParts(bucket, upload),
    completeMultipart: (input) => completeMultipart(bucket, input),
    abortMultipart: (upload) => abortMultipart(bucket, upload),
    // Objects cannot be appended to.
    appendFiles: null,
    list: (after) => listObjects(bucket, after),
    listMultiparts: () => listMultiparts(bucket),
    async check() {
      await client.send(new HeadBucketCommand({ Bucket }), BRIEFLY);
    },
  };
}
