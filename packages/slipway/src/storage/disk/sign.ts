import type { UrlSigner } from '@repo/foundation/url-signer';
import type { SignPart, SignUpload, UploadGrant } from '../storage.ts';

export const INGEST_PURPOSE = 'ingest';
export const PART_PURPOSE = 'ingest part';

export interface IngestUrls {
  publicUrl: string;
  signer: UrlSigner;
}

export function signUpload(urls: IngestUrls, input: SignUpload): UploadGrant {
  const { size, type, sha256 } = input;
  const url = signIngest(urls, {
    ...input,
    purpose: INGEST_PURPOSE,
    params: { size: String(size), type, ...(sha256 === undefined ? {} : { sha256 }) },
  });
  return { url, method: 'PUT', headers: { 'content-type': type } };
}

export function signPart(urls: IngestUrls, input: SignPart): UploadGrant {
  const { uploadId, number, size, sha256 } = input;
  const url = signIngest(urls, {
    ...input,
    purpose: PART_PURPOSE,
    params: {
      upload: uploadId,
      part: String(number),
      size: String(size),
      ...(sha256 === undefined ? {} : { sha256 }),
    },
  });
  return { url, method: 'PUT', headers: {} };
}

function signIngest(
  { signer, publicUrl }: IngestUrls,
  input: {
    purpose: string;
    key: string;
    params: Record<string, string>;
    expiresInSeconds: number;
  },
): string {
  const path = signer.sign({
    purpose: input.purpose,
    path: `/ingest/${input.key}`,
    params: input.params,
    expires: Math.floor(Date.now() / 1000) + input.expiresInSeconds,
  });
  return `${publicUrl}${path}`;
}
