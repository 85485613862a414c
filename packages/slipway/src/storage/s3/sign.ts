import { GetObjectCommand, PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { SignDownload, SignPart, SignUpload, UploadGrant } from '../storage.ts';
import type { Bucket } from './bucket.ts';
import { hexToBase64 } from './client.ts';

export async function signUpload(
  bucket: Bucket,
  { key, size, type, sha256, expiresInSeconds, ...wish }: SignUpload,
): Promise<UploadGrant> {
  const can = await bucket.capabilities();
  const createOnly = wish.createOnly ?? can.createOnlyPut;
  const digest = can.verifiesPut && sha256 !== undefined ? hexToBase64(sha256) : undefined;
  const headers: Record<string, string> = {
    'content-type': type,
    ...(createOnly ? { 'if-none-match': '*' } : {}),
    ...(digest === undefined ? {} : { 'x-amz-checksum-sha256': digest }),
  };
  const command = new PutObjectCommand({
    Bucket: bucket.name,
    Key: key,
    ContentType: type,
    ContentLength: size,
    ...(createOnly ? { IfNoneMatch: '*' } : {}),
    ...(digest === undefined ? {} : { ChecksumSHA256: digest }),
  });
  const url = await getSignedUrl(bucket.client, command, pinning(headers, expiresInSeconds));
  return { url, method: 'PUT', headers };
}

export async function signPart(
  bucket: Bucket,
  { key, uploadId, number, size, sha256, expiresInSeconds }: SignPart,
): Promise<UploadGrant> {
  const digest = await checksumOfPart(bucket, sha256);
  const headers: Record<string, string> =
    digest === undefined ? {} : { 'x-amz-checksum-sha256': digest };
  const command = new UploadPartCommand({
    Bucket: bucket.name,
    Key: key,
    UploadId: uploadId,
    PartNumber: number,
    ContentLength: size,
    ...(digest === undefined ? {} : { ChecksumSHA256: digest }),
  });
  const url = await getSignedUrl(bucket.client, command, pinning(headers, expiresInSeconds));
  return { url, method: 'PUT', headers };
}

/** As S3 wants it; undefined where it would not be compared with the bytes. */
export async function checksumOfPart(
  bucket: Bucket,
  sha256: string | undefined,
): Promise<string | undefined> {
  if (sha256 === undefined) return undefined;
  const { verifiesParts } = await bucket.capabilities();
  return verifiesParts ? hexToBase64(sha256) : undefined;
}

export function signDownload(
  bucket: Bucket,
  { key, expiresInSeconds, type, disposition }: SignDownload,
): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: bucket.name,
    Key: key,
    ResponseContentType: type,
    ResponseContentDisposition: disposition,
  });
  return getSignedUrl(bucket.client, command, { expiresIn: expiresInSeconds });
}

/** Makes the length, and the headers that the client has to send, part of the signature. */
function pinning(headers: Record<string, string>, expiresIn: number) {
  const pinned = new Set(['content-length', 'host', ...Object.keys(headers)]);
  // As a query parameter a header would be signed but not sent, and so not enforced.
  return { expiresIn, signableHeaders: pinned, unhoistableHeaders: pinned };
}
