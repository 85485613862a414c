import type { Readable } from 'node:stream';
import type { Capabilities } from './capabilities.ts';

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
  /** The storage's name for what the object is now; null where objects never change. */
  etag: string | null;
  /**
   * SHA-256 (hex) of the bytes, when they were compared with it as they arrived: by us, or by a
   * storage that was seen to do so. Never what a client claimed.
   */
  sha256: string | null;
  /**
   * Of an object that came in parts: SHA-256 (hex) over the digests of its parts, one after the other,
   * when each part was compared with its digest as it arrived. Null where the storage does not say.
   */
  partsSha256: string | null;
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
  sha256?: string | undefined;
  /** What the caller counts on; without it, as the storage is capable of it. */
  createOnly?: boolean;
  expiresInSeconds: number;
}

/** An upload in parts, as the storage names it. */
export interface MultipartRef {
  key: string;
  uploadId: string;
}

export interface SignPart extends MultipartRef {
  /** From 1. */
  number: number;
  /** Bytes; the URL takes exactly this many. */
  size: number;
  /** Bytes of every part but the last: where this one begins. */
  partSize: number;
  /** SHA-256 (hex) of the part; when given, other bytes are refused. */
  sha256?: string | undefined;
  expiresInSeconds: number;
}

export interface StoredPart {
  number: number;
  /** Bytes. */
  size: number;
  /** SHA-256 (hex), when the bytes were compared with it as they arrived. */
  sha256: string | null;
  /** The storage's name for what this part is now. */
  etag: string;
}

export interface WritePart extends MultipartRef {
  number: number;
  size: number;
  partSize: number;
  sha256?: string | undefined;
  body: Uint8Array;
}

/** A range of an object as a part of another upload. */
export interface CopyPart extends MultipartRef {
  number: number;
  from: string;
  range: ByteRange;
}

export interface PutObject {
  key: string;
  type: string;
  body: Uint8Array;
}

/** Takes chunks for a file that grows. */
export interface Sink {
  /** The chunk is used up: its memory may be given back. */
  add(chunk: Buffer): Promise<void>;
  /** Returns when all bytes are where a power cut does not reach them. */
  end(): Promise<void>;
  /** Returns when nothing is being written any more, however that went. */
  rest(): Promise<void>;
}

/** The open file of an upload that arrives piece by piece. One at a time may write to it. */
export interface AppendFile {
  /** Bytes, when it was opened. */
  readonly size: number;
  sink(options: {
    position: number;
    /** Told now and then up to which position everything is written through. */
    onDurable?: (position: number) => Promise<void>;
  }): Sink;
  /** Makes it this long, not longer than it is, and waits until that is written through. */
  cut(length: number): Promise<void>;
  close(): Promise<void>;
}

/** A file of an open upload: there may be several, of which one is current. */
export interface AppendRef extends MultipartRef {
  name: string;
}

export interface AppendFiles {
  /** While this stays the same, what processes wrote is there, though it may not be written through. */
  readonly epoch: string;
  /** The file, made when there is none; null when the upload is over. */
  open(file: AppendRef): Promise<AppendFile | null>;
  /** Its bytes, written through when there are more than known; null when the upload is over. */
  durableSize(file: AppendRef, known: number): Promise<number | null>;
  /**
   * Makes another file of its first bytes, written through: whoever still has this one open cannot
   * reach that. Throws `object_missing` when they are not there.
   */
  fork(file: AppendRef, to: { to: string; bytes: number }): Promise<void>;
  /** Gone afterwards, whether it was there or not. */
  remove(file: AppendRef): Promise<void>;
  /**
   * Makes the file the object and ends the upload; with `fresh` a copy of it, because somebody may
   * still have it open. Without a digest the bytes are read for it. Doing it again changes nothing.
   * Throws `object_missing` when neither the object nor all bytes are there.
   */
  publish(
    file: AppendRef & { type: string; size: number; sha256: string | null; fresh: boolean },
  ): Promise<void>;
}

export interface CopyObject {
  from: string;
  to: string;
  type: string;
  /** Only while the source is what had this ETag; otherwise it fails. */
  ifMatch?: string | null;
}

export interface SignDownload {
  key: string;
  expiresInSeconds: number;
  /** Sent as Content-Type and Content-Disposition with the bytes. */
  type: string;
  disposition: string;
}

export interface ListedObject {
  key: string;
  size: number;
  modifiedAt: Date;
}

export interface ListedMultipart extends MultipartRef {
  startedAt: Date;
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
  /** Names the place: two storages with one name hold the same objects. */
  readonly name: string;
  /** The most bytes that one PUT can bring; null for no limit. */
  readonly maxUploadBytes: number | null;
  /** How long after its URL expired an upload may still be on its way without `isReceiving` showing it. */
  readonly grace: StorageGrace;
  /** Known once the storage was probed; until then what is safe to assume. */
  capabilities(): Promise<Capabilities>;
  /** A URL that stores one object of this size and type; never over an existing one where the storage is capable of that. */
  signUpload(input: SignUpload): Promise<UploadGrant>;
  /** A URL for the bytes at the storage itself, or null where only Slipway can serve them. */
  signDownload(input: SignDownload): Promise<string | null>;
  /** Null when there is no such object. */
  head(key: string): Promise<ObjectInfo | null>;
  /** The bytes as a stream, or null when there is no such object. */
  read(key: string, range?: ByteRange): Promise<Readable | null>;
  /** Stores bytes that Slipway itself has, whole or not at all; replaces what is there. */
  put(input: PutObject): Promise<void>;
  /** Inside the storage; whole or not at all. Throws `not_found` when there is nothing to copy. */
  copy(input: CopyObject): Promise<void>;
  /** Gone afterwards, whether it was there or not. */
  delete(key: string): Promise<void>;
  /**
   * Opens an upload in parts and returns the storage's name for it. With `digests` every part comes
   * with its SHA-256, otherwise none does.
   */
  createMultipart(input: { key: string; type: string; digests: boolean }): Promise<string>;
  signPart(input: SignPart): Promise<UploadGrant>;
  /** Stores a part that Slipway itself has; replaces an earlier one of this number. */
  writePart(input: WritePart): Promise<StoredPart>;
  /** The same with bytes that are in the storage already. Throws `not_found` when they are not. */
  copyPart(input: CopyPart): Promise<StoredPart>;
  /** Those that are there, by number; null when the upload is not open (any more). */
  listParts(upload: MultipartRef): Promise<StoredPart[] | null>;
  /**
   * Makes the parts one object, and ends the upload: its URLs take nothing afterwards. Doing it again
   * when the object is there already changes nothing.
   *
   * @throws `object_missing` when a part is not the one that was listed any more: list them again.
   */
  completeMultipart(upload: MultipartRef & { type: string; parts: StoredPart[] }): Promise<void>;
  /** Gone afterwards with all its parts, whether it was there or not. */
  abortMultipart(upload: MultipartRef): Promise<void>;
  /** Where uploads that arrive piece by piece are files to append to; null where they come in parts. */
  readonly appendFiles: AppendFiles | null;
  /** All objects, in the order of their keys (bytewise), after a key when given. */
  list(after?: string): AsyncIterable<ListedObject>;
  /** Open uploads in parts. */
  listMultiparts(): AsyncIterable<ListedMultipart>;
  /** True while bytes for this key are on their way, where the storage can tell. */
  isReceiving(key: string): Promise<boolean>;
  /** At boot and now and then: removes what interrupted uploads left behind, and says how much that was. */
  tidy(): Promise<number>;
  /** Throws when the storage cannot be used right now. */
  check(): Promise<void>;
}

/** The storages of this installation. */
export interface Storages {
  /** Null is the storage of the configuration, others are projects' own buckets. */
  of(id: string | null): Promise<Storage>;
  readonly default: Storage;
}

const KEY_PATTERN =
  /^[0-9A-Za-z_]{1,64}\/([a-z0-9][a-z0-9-]{0,30}-)?[0-9A-Za-z]{8,64}(\.[0-9a-z]{1,10})?$/;

/** True for the keys that Slipway makes; anything else never touches a storage. */
export function isObjectKey(key: string): boolean {
  return KEY_PATTERN.test(key);
}
