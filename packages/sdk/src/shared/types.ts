/** Where a file stands. Only `ready` promises that the bytes are there, whole, allowed and fixed. */
export type FileStatus =
  | 'pending'
  | 'verifying'
  | 'ready'
  | 'rejected'
  | 'failed'
  | 'expired'
  | 'deleted';

/** What the virus scanner said. `not_scanned` means that nobody looked. */
export type ScanStatus = 'not_scanned' | 'pending' | 'clean' | 'infected';

/** Anything that survives a trip through JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object; `undefined` members vanish on the way. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** The metadata kept with a file: one flat level. */
export interface FileMetadata {
  readonly [key: string]: string | number | boolean | null;
}

/** A file as Slipway describes it. */
export interface SlipwayFile<Metadata extends object = FileMetadata> {
  readonly id: string;
  readonly key: string;
  readonly projectId: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  /** Of the whole file, as hex, where it is known. */
  readonly sha256: string | null;
  /** Of a file that came in parts: `sha256-parts:<part size>:<SHA-256 over those of the parts>`. */
  readonly checksum?: string | null;
  readonly status: FileStatus;
  readonly scan: ScanStatus;
  readonly customId: string | null;
  readonly metadata: Metadata;
  readonly tags?: readonly string[];
  /** Where people look for it: `invoices/2026`. */
  readonly folder?: string;
  readonly visibility?: 'public' | 'private';
  readonly route?: string | null;
  readonly uploader?: string | null;
  /** Uploaded with a test key: it counts for no quota, and is deleted after seven days. */
  readonly test?: boolean;
  /** The version whose place it took, and the one that took its own. */
  readonly replaces?: string | null;
  readonly replacedBy?: string | null;
  /** Serves the newest version with this customId; set where `url` is. */
  readonly latestUrl?: string | null;
  /** Of pictures: pixels, upright. */
  readonly width?: number | null;
  readonly height?: number | null;
  /** Of pictures, a moment after they are ready: a placeholder of some 25 bytes, in base64. */
  readonly thumbhash?: string | null;
  /** Set only for public files that are `ready`; ask `files.url` for the others. */
  readonly url: string | null;
  readonly createdAt: string;
  readonly readyAt: string | null;
  /** It is deleted then. */
  readonly expiresAt?: string | null;
  /** It is deleted then, unless it is confirmed before. */
  readonly confirmBy?: string | null;
  /** Of a deleted file in the trash. */
  readonly restorableUntil?: string | null;
}

/** Where and how to send the bytes of one file. */
export interface UploadTarget {
  readonly id: string;
  readonly key: string;
  readonly url: string;
  /** `POST` when the file goes in parts. */
  readonly method: 'PUT' | 'POST';
  /** Headers to send exactly as they are: the signature covers them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: string;
  /** Set when the file goes in parts: `url` hands out their URLs, tells what arrived, and cancels. */
  readonly multipart?: { readonly partSize: number; readonly partCount: number } | undefined;
}

/** What is known of a file before it is sent. */
export interface FileInfo {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  /** Lower-case hex. When given, the stored bytes must have this digest. */
  readonly sha256?: string | undefined;
}

/** A file that wants a target. */
export interface FileRequest extends FileInfo {
  /** The token of an upload of this file that was interrupted, to go on with it. */
  readonly resume?: string | undefined;
}

/** The limits a file must keep. `null` means that only the project's own rules apply. */
export interface UploadRules {
  /** MIME types (`image/png`, `image/*`) or extensions (`.dng`); empty allows every type. */
  readonly types: readonly string[];
  readonly minSize?: number | undefined;
  readonly maxSize: number | null;
  readonly maxFiles: number | null;
}

/** An error as it travels between the handler and the browser. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  /** Whether the same request may succeed later. */
  readonly retryable?: boolean | undefined;
  /** Names the request in the logs of the server that answered. */
  readonly requestId?: string | undefined;
}

/** The answer for one requested file. One refused file leaves the others alone. */
export type RequestedFile =
  | { readonly ok: true; readonly upload: UploadTarget; readonly token: string }
  | { readonly ok: false; readonly error: WireError };

/** The answer to a finished upload: the file, and what the route's `onComplete` returned. */
export interface CompletedFile<Data = unknown> {
  readonly file: SlipwayFile;
  readonly serverData: Data;
  /** The file is ready, but the server did not answer yet; Slipway tells it again until it does. */
  readonly server?: 'pending' | undefined;
}
