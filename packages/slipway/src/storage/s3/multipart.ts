import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Capabilities } from '../capabilities.ts';
import type { ListedMultipart, MultipartRef, Storage, StoredPart } from '../storage.ts';
import { base64ToHex, guarded, hexToBase64, isMissing, nullIfMissing } from './client.ts';

type MultipartMethods = Pick<
  Storage,
  | 'createMultipart'
  | 'signPart'
  | 'writePart'
  | 'listParts'
  | 'completeMultipart'
  | 'abortMultipart'
  | 'listMultiparts'
>;

/** Uploads in parts, which S3 keeps apart from objects until they are completed. */
export function s3Multipart(options: {
  client: S3Client;
  bucket: string;
  capabilities: () => Promise<Capabilities>;
}): MultipartMethods {
  const { client, bucket: Bucket, capabilities } = options;

  const checksum = async (sha256: string | undefined) =>
    sha256 !== undefined && (await capabilities()).verifiesParts
      ? { ChecksumSHA256: hexToBase64(sha256) }
      : {};

  return {
    async createMultipart({ key, type, digests }) {
      const verified = digests && (await capabilities()).verifiesParts;
      const { UploadId } = await guarded(
        client.send(
          new CreateMultipartUploadCommand({
            Bucket,
            Key: key,
            ContentType: type,
            // S3 compares the parts' digests only when it was told beforehand that they come.
            ...(verified ? { ChecksumAlgorithm: 'SHA256' as const } : {}),
          }),
        ),
      );
      if (UploadId === undefined) throw new Error('S3 opened an upload without naming it');
      return UploadId;
    },
    async signPart({ key, uploadId, number, size, sha256, expiresInSeconds }) {
      const pinnedDigest = await checksum(sha256);
      const headers: Record<string, string> =
        pinnedDigest.ChecksumSHA256 === undefined
          ? {}
          : { 'x-amz-checksum-sha256': pinnedDigest.ChecksumSHA256 };
      const command = new UploadPartCommand({
        Bucket,
        Key: key,
        UploadId: uploadId,
        PartNumber: number,
        ContentLength: size,
        ...pinnedDigest,
      });
      const pinned = new Set(['content-length', 'host', ...Object.keys(headers)]);
      const url = await getSignedUrl(client, command, {
        expiresIn: expiresInSeconds,
        signableHeaders: pinned,
        unhoistableHeaders: pinned,
      });
      return { url, method: 'PUT', headers };
    },
    async writePart({ key, uploadId, number, body, sha256 }) {
      const { ETag } = await guarded(
        client.send(
          new UploadPartCommand({
            Bucket,
            Key: key,
            UploadId: uploadId,
            PartNumber: number,
            Body: body,
            ...(await checksum(sha256)),
          }),
        ),
      );
      const { verifiesParts } = await capabilities();
      const known = verifiesParts ? (sha256 ?? null) : null;
      return { number, size: body.length, sha256: known, etag: ETag ?? '' };
    },
    listParts: (upload) => listParts(options, upload),
    async completeMultipart({ key, uploadId, parts }) {
      const Parts = parts.map((part) => ({
        PartNumber: part.number,
        ETag: part.etag,
        ...(part.sha256 === null ? {} : { ChecksumSHA256: hexToBase64(part.sha256) }),
      }));
      try {
        await client.send(
          new CompleteMultipartUploadCommand({
            Bucket,
            Key: key,
            UploadId: uploadId,
            MultipartUpload: { Parts },
          }),
        );
      } catch (error) {
        // Completed before, by somebody who did not live to tell.
        const head = new HeadObjectCommand({ Bucket, Key: key });
        if (isMissing(error) && (await nullIfMissing(client.send(head))) !== null) return;
        await guarded(Promise.reject(error));
      }
    },
    async abortMultipart({ key, uploadId }) {
      await nullIfMissing(
        client.send(new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId: uploadId })),
      );
    },
    listMultiparts: () => listMultiparts(options),
  };
}

async function listParts(
  { client, bucket: Bucket, capabilities }: Parameters<typeof s3Multipart>[0],
  { key, uploadId }: MultipartRef,
): Promise<StoredPart[] | null> {
  const { verifiesParts } = await capabilities();
  const parts: StoredPart[] = [];
  let marker: string | undefined;
  do {
    const page = await nullIfMissing(
      client.send(
        new ListPartsCommand({ Bucket, Key: key, UploadId: uploadId, PartNumberMarker: marker }),
      ),
    );
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
    marker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
  } while (marker !== undefined);
  return parts.sort((a, b) => a.number - b.number);
}

async function* listMultiparts({
  client,
  bucket: Bucket,
}: Parameters<typeof s3Multipart>[0]): AsyncGenerator<ListedMultipart> {
  let after: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } | undefined =
    {};
  while (after !== undefined) {
    const page: Awaited<ReturnType<typeof send>> = await guarded(send(after));
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key !== undefined && UploadId !== undefined)
        yield { key: Key, uploadId: UploadId, startedAt: Initiated ?? new Date(0) };
    }
    after =
      page.IsTruncated === true
        ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
        : undefined;
  }

  function send(marker: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined }) {
    return client.send(new ListMultipartUploadsCommand({ Bucket, ...marker }));
  }
}
