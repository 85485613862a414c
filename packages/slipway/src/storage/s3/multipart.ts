import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListPartsCommand,
  S3ServiceException,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { requireOrder } from '../part-order.ts';
import { partReplaced } from '../part-replaced.ts';
import type { CopyPart, ListedMultipart, MultipartRef, StoredPart, WritePart } from '../storage.ts';
import { storageUnavailable } from '../unavailable.ts';
import type { Bucket } from './bucket.ts';
import { BRIEFLY, base64ToHex, guarded, hexToBase64, isMissing, nullIfMissing } from './client.ts';
import { compareKeys, goesInCircles, namingMissing, rangeHeader } from './objects.ts';
import { checksumOfPart } from './sign.ts';

/** S3 numbers them up to here. */
const MOST_PARTS = 10_000;
/** A thousand uploads each; nobody has more under one key. */
const MOST_PAGES_OF_KEY = 100;

/** S3 keeps uploads in parts apart from objects until they are completed. */
export async function createMultipart(
  bucket: Bucket,
  { key, type, digests }: { key: string; type: string; digests: boolean },
): Promise<string> {
  const verified = digests && (await bucket.capabilities()).verifiesParts;
  const command = new CreateMultipartUploadCommand({
    Bucket: bucket.name,
    Key: key,
    ContentType: type,
    // S3 compares the parts' digests only when it was told beforehand that they come.
    ...(verified ? { ChecksumAlgorithm: 'SHA256' as const } : {}),
  });
  const { UploadId } = await guarded(bucket.client.send(command, BRIEFLY));
  if (UploadId === undefined) throw new Error('S3 opened an upload without naming it');
  return UploadId;
}

export async function writePart(
  bucket: Bucket,
  { key, uploadId, number, body, sha256 }: WritePart,
): Promise<StoredPart> {
  const digest = await checksumOfPart(bucket, sha256);
  const command = new UploadPartCommand({
    Bucket: bucket.name,
    Key: key,
    UploadId: uploadId,
    PartNumber: number,
    Body: body,
    ...(digest === undefined ? {} : { ChecksumSHA256: digest }),
  });
  const { ETag = '' } = await guarded(bucket.client.send(command));
  const known = digest === undefined ? null : (sha256 ?? null);
  return { number, size: body.length, sha256: known, etag: ETag };
}

export async function copyPart(
  { client, name: Bucket }: Bucket,
  { key, uploadId, number, from, range }: CopyPart,
): Promise<StoredPart> {
  const command = new UploadPartCopyCommand({
    Bucket,
    Key: key,
    UploadId: uploadId,
    PartNumber: number,
    CopySource: `${Bucket}/${from}`,
    CopySourceRange: rangeHeader(range),
  });
  const { CopyPartResult } = await namingMissing(client.send(command));
  const size = range.end - range.start + 1;
  return { number, size, sha256: null, etag: CopyPartResult?.ETag ?? '' };
}

export async function completeMultipart(
  { client, name: Bucket }: Bucket,
  { key, uploadId, parts }: MultipartRef & { parts: StoredPart[] },
): Promise<void> {
  requireOrder(parts);
  const Parts = parts.map((part) => ({
    PartNumber: part.number,
    ETag: part.etag,
    ...(part.sha256 === null ? {} : { ChecksumSHA256: hexToBase64(part.sha256) }),
  }));
  const command = new CompleteMultipartUploadCommand({
    Bucket,
    Key: key,
    UploadId: uploadId,
    MultipartUpload: { Parts },
  });
  try {
    await client.send(command);
  } catch (error) {
    // Completed before, by somebody who did not live to tell.
    const there = new HeadObjectCommand({ Bucket, Key: key });
    if (isMissing(error) && (await nullIfMissing(client.send(there, BRIEFLY))) !== null) return;
    if (error instanceof S3ServiceException && error.name === 'InvalidPart')
      throw partReplaced(error);
    await guarded(Promise.reject(error));
  }
}

export async function abortMultipart(
  { client, name: Bucket }: Bucket,
  { key, uploadId }: MultipartRef,
): Promise<void> {
  await nullIfMissing(
    client.send(new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId: uploadId }), BRIEFLY),
  );
}

export async function listParts(
  { client, name: Bucket, capabilities }: Bucket,
  { key, uploadId }: MultipartRef,
): Promise<StoredPart[] | null> {
  const { verifiesParts } = await capabilities();
  const parts: StoredPart[] = [];
  let marker: string | undefined;
  for (;;) {
    const command = new ListPartsCommand({
      Bucket,
      Key: key,
      UploadId: uploadId,
      PartNumberMarker: marker,
    });
    const page = await nullIfMissing(client.send(command, BRIEFLY));
    if (page === null) return null;
    for (const { PartNumber = 0, Size = 0, ETag = '', ChecksumSHA256 } of page.Parts ?? []) {
      const known = verifiesParts && ChecksumSHA256 !== undefined;
      parts.push({
        number: PartNumber,
        size: Size,
        sha256: known ? base64ToHex(ChecksumSHA256) : null,
        etag: ETag,
      });
    }
    if (parts.length > MOST_PARTS)
      throw storageUnavailable(new Error(`the storage lists more than ${MOST_PARTS} parts`));
    if (page.IsTruncated !== true) break;
    const next = Number(page.NextPartNumberMarker ?? 0);
    if (!(next > Number(marker ?? 0) && next <= MOST_PARTS)) throw goesInCircles('parts');
    marker = String(next);
  }
  return parts.sort((a, b) => a.number - b.number);
}

export async function* listMultiparts({
  client,
  name: Bucket,
}: Bucket): AsyncGenerator<ListedMultipart> {
  let key = '';
  let uploadId: string | undefined;
  let pagesOfKey = 0;
  for (;;) {
    const after = key === '' ? {} : { KeyMarker: key, UploadIdMarker: uploadId };
    const command = new ListMultipartUploadsCommand({ Bucket, ...after });
    const page: ListMultipartUploadsCommandOutput = await guarded(client.send(command, BRIEFLY));
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key !== undefined && UploadId !== undefined)
        yield { key: Key, uploadId: UploadId, startedAt: Initiated ?? new Date() };
    }
    if (page.IsTruncated !== true) return;
    const { NextKeyMarker: next = '', NextUploadIdMarker } = page;
    // Uploads of one key are ordered by their time, which their names do not show.
    pagesOfKey = next === key ? pagesOfKey + 1 : 0;
    const isSame = next === key && NextUploadIdMarker === uploadId;
    if (isSame || compareKeys(next, key) < 0 || pagesOfKey > MOST_PAGES_OF_KEY)
      throw goesInCircles('uploads');
    key = next;
    uploadId = NextUploadIdMarker;
  }
}
