import { createHash, randomUUID } from 'node:crypto';
import { afterApplicationSegments, jumbfSegments } from './jpeg.ts';
import { type Binding, type CredentialRecord, manifestStore } from './manifest.ts';
import type { ContentSigner } from './signer.ts';

/** A JPEG with Content Credentials: whoever changes a byte of it later breaks them. */
export function signPhoto(
  jpeg: Uint8Array,
  record: CredentialRecord,
  signer: ContentSigner,
): Uint8Array {
  const start = afterApplicationSegments(jpeg);
  const hash = createHash('sha256').update(jpeg).digest();
  const segments = credentialsOf(record, { start, hash }, signer);
  return Buffer.concat([jpeg.subarray(0, start), segments, jpeg.subarray(start)]);
}

/** The segments that go into the file at `start`, whose other bytes have this hash. */
export function credentialsOf(
  record: CredentialRecord,
  place: Pick<Binding, 'start' | 'hash'>,
  signer: ContentSigner,
): Buffer {
  const label = `urn:c2pa:${randomUUID()}`;
  const make = (length: number) =>
    jumbfSegments(manifestStore(record, { ...place, label, length }, signer));
  // The manifest names its own length, whose digits are part of it: soon it says what it is.
  let segments = make(0);
  for (let length = 0; segments.length !== length; segments = make(length)) {
    length = segments.length;
  }
  return segments;
}
