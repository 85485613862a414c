import type { Readable } from 'node:stream';

/** What a client needs to send the bytes itself. */
export interface UploadGrant {
  url: string;
  method: 'PUT';
  /** To be sent exactly as they are: they are part of the signature. */
  headers: Record<string, string>;
}

export interface ObjectInfo {
  /** Bytes. */
  size: number;
  /** The content type it was stored with, when the storage knows it. */
  type: string | null;
  /**
   * SHA-256 (hex) of the bytes, when the storage itself computed it as they arrived. Never what a
   * client claimed: some S3 servers store a checksum header without looking at the bytes.
   */
  sha256: string | null;
}

/** First and last byte, both included, as in an HTTP range. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface SignUpload {
  key: string;
  /** Bytes; the URL takes exactly this many. */
  size: number;
  /** The URL takes exactly this content type. */
  type: string;
  /** SHA-256 (hex); when given, other bytes are refused. */
  sha256?: string;
  expiresInSeconds: number;
}

export interface SignDownload {
  key: string;
  expiresInSeconds: number;
  /** Sent as Content-Type and Content-Disposition with the bytes. */
  type: string;
  disposition: string;
}

/** Milliseconds after an upload URL's expiry. */
export interface StorageGrace {
  /** From then on an upload that shows nothing counts as expired. */
  expireMs: number;
  /** From then on nothing can arrive any more, so that what is erased stays erased. */
  eraseMs: number;
}

/**
 * Where bytes are kept. Keys are made by Slipway (`project/name.ext`), never by
 * clients. One contract suite (`storage.contract.ts`) runs against every implementation.
 */
export interface Storage {
  readonly kind: 'disk' | 's3';
  /** The most bytes that one upload can bring; null for no limit. */
  readonly maxUploadBytes: number | null;
  /** How long after its URL expired an upload may still be on its way without `isReceiving` showing it. */
  readonly grace: StorageGrace;
  /** A URL that stores one object of this size and type once; never over an existing one. */
  signUpload(input: SignUpload): Promise<UploadGrant>;
  /** A URL for the bytes at the storage itself, or null where only Slipway can serve them. */
  signDownload(input: SignDownload): Promise<string | null>;
  /** Null when there is no such object. */
  head(key: string): Promise<ObjectInfo | null>;
  /** The bytes as a stream, or null when there is no such object. */
  read(key: string, range?: ByteRange): Promise<Readable | null>;
  /** Gone afterwards, whether it was there or not. */
  delete(key: string): Promise<void>;
  /** True while bytes for this key are on their way, where the storage can tell. */
  isReceiving(key: string): Promise<boolean>;
  /** At boot and now and then: removes what interrupted uploads left behind, and says how much that was. */
  tidy(): Promise<number>;
  /** Throws when the storage cannot be used right now. */
  check(): Promise<void>;
}

const KEY_PATTERN = /^[0-9A-Za-z_]{1,64}\/[0-9A-Za-z]{8,64}(\.[0-9a-z]{1,10})?$/;

/** True for the keys that Slipway makes; anything else never touches a storage. */
export function isObjectKey(key: string): boolean {
  return KEY_PATTERN.test(key);
}
