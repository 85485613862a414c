import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { storageUnavailable } from '../unavailable.ts';
import { boundAnswers } from './bound-answers.ts';
import type { Network } from './network.ts';

export interface S3Options {
  bucket: string;
  endpoint: string | undefined;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  forcePathStyle: boolean;
  /** Every request of ours goes through it, also those that are made as a browser would; unset: anywhere. */
  network?: Network | undefined;
}

const CONNECT_MS = 10_000;
/** Until the answer begins; the largest part of the slowest uploader has to fit in. */
const ANSWER_MS = 600_000;

/**
 * For what moves no bytes. Three attempts, as the SDK makes, take half a minute: nobody else's work
 * waits longer for a bucket that hangs.
 */
export const BRIEFLY = { requestTimeout: 10_000 };
/** An object's first byte; a storage may have to fetch it from slow disks. */
export const SOON = { requestTimeout: 30_000 };

export function createS3Client(options: S3Options): S3Client {
  const client = new S3Client({
    region: options.region,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    forcePathStyle: options.forcePathStyle,
    credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: ANSWER_MS,
      throwOnRequestTimeout: true,
      ...(options.network === undefined
        ? {}
        : { httpAgent: options.network.httpAgent, httpsAgent: options.network.httpsAgent }),
    },
    // By default the SDK bakes the CRC32 of an empty body into presigned PUTs (aws-sdk-js-v3#6810).
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  boundAnswers(client);
  return client;
}

export function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
}

export async function nullIfMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return null;
    // Also a 403: so S3 answers for a missing key when the credentials lack s3:ListBucket, and
    // taking it for "missing" would let a wrong policy expire uploads whose bytes are there.
    throw storageUnavailable(error);
  }
}

/** What S3 refused or could not do, as the one error that callers know. */
export async function guarded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw storageUnavailable(error);
  }
}

export const hexToBase64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
export const base64ToHex = (base64: string) => Buffer.from(base64, 'base64').toString('hex');
