import type { PutTarget } from '../shared/parts.ts';
import type { SlipwayFile, UploadRules } from '../shared/types.ts';
import type { UploadError } from './errors.ts';
import type { PutOptions } from './put-xhr.ts';
import type { EndpointOptions, UploadTransport } from './transport.ts';

/** What a file is doing. */
export type UploadState =
  | 'queued'
  | 'requesting'
  | 'uploading'
  | 'completing'
  | 'paused'
  | 'done'
  | 'error'
  | 'cancelled';

/** What `pause` stops. */
export const HOLDABLE: readonly UploadState[] = ['queued', 'requesting', 'uploading'];
/** What takes one of the places of `concurrency`. */
export const RUNNING: readonly UploadState[] = ['requesting', 'uploading', 'completing'];
/** What `cancel` stops. */
export const UNFINISHED: readonly UploadState[] = ['queued', 'paused', ...RUNNING];

/** One file of the queue. A new object comes with every change. */
export interface UploadItem<Data = unknown> {
  /** Names the item in `pause`, `resume`, `cancel`, `retry` and `remove`. */
  readonly key: string;
  readonly file: File;
  readonly state: UploadState;
  /** Bytes sent, as far as the user was ever shown: it never falls. */
  readonly loaded: number;
  /** 0 to 1, never falling. 1 means that every byte is sent; `done` means that the file is ready. */
  readonly progress: number;
  readonly error: UploadError | null;
  readonly result: SlipwayFile | null;
  /** What the route's `onComplete` returned, once `done`. */
  readonly serverData: Data | null;
  /** Whether the file is `done` while the server's `onComplete` still is not; it will be. */
  readonly serverPending: boolean;
}

/** The whole queue at one moment. */
export interface UploadSnapshot<Data = unknown> {
  readonly items: readonly UploadItem<Data>[];
  /** 0 to 1 over all files that were not cancelled; does not fall while anything is running. */
  readonly progress: number;
  readonly loaded: number;
  readonly size: number;
  /** Whether any file is neither finished nor given up; one that is paused is neither. */
  readonly active: boolean;
  readonly done: number;
  readonly failed: number;
  readonly rules: UploadRules | null;
}

/** A queue of uploads. `subscribe` and `getSnapshot` fit `useSyncExternalStore`. */
export interface Uploader<Input = unknown, Data = unknown> {
  /** Takes files in and starts as many as allowed. Files that break a rule come out as `error`. */
  add(files: Iterable<File>, options?: { readonly input?: Input }): readonly UploadItem<Data>[];
  /** Holds one file, or every unfinished one; parts that arrived are kept. A file being checked goes on. */
  pause(key?: string): void;
  /** Goes on with one paused file, or all. */
  resume(key?: string): void;
  /** Stops one file, or every unfinished one, and discards what arrived of it. */
  cancel(key?: string): void;
  /** Tries one failed or cancelled file again, or every failed one. */
  retry(key?: string): void;
  /** Takes one file out, stopping it first; without a key, every file that is finished or cancelled. */
  remove(key?: string): void;
  subscribe(listener: () => void): () => void;
  getSnapshot(): UploadSnapshot<Data>;
  /** Resolves when no file is left that is running, waiting or paused. */
  settled(): Promise<UploadSnapshot<Data>>;
  /** Reads the rules from the server, once. A failure is silent: the server checks again anyway. */
  loadRules(): Promise<UploadRules | null>;
}

/** Options of `createUploader` that do not depend on the transport. */
export interface QueueOptions<Input = unknown, Data = unknown> {
  /** Files sent at the same time. Default 3. */
  readonly concurrency?: number | undefined;
  /** How often in a row a file may meet a passing failure. Being offline is waited for. Default 6. */
  readonly retries?: number | undefined;
  /** Files and parts up to this size are hashed before they are sent, and checked on arrival. Default 64 MB; 0 turns it off. */
  readonly hashUpTo?: number | undefined;
  /**
   * Computes the SHA-256 of a file or part, as hex. Default Web Crypto, here on the page; a worker keeps
   * the page free, and can remember what it has computed of a file before.
   */
  readonly hash?: ((piece: Blob) => Promise<string>) | undefined;
  /**
   * Whether uploads are remembered in the browser's `localStorage`, so that after a reload or a
   * crash the same file, picked again, goes on where it stopped. Default true.
   */
  readonly resumable?: boolean | undefined;
  /** Rules known beforehand. */
  readonly rules?: UploadRules | undefined;
  /** The input for files added without one. */
  readonly input?: Input | undefined;
  readonly onDone?: ((item: UploadItem<Data>) => void) | undefined;
  readonly onError?: ((item: UploadItem<Data>) => void) | undefined;
  /** Every file has finished, one way or another; behind `onDone` and `onError` of the last one. */
  readonly onSettled?: ((snapshot: UploadSnapshot<Data>) => void) | undefined;
  /** Sends the bytes. Default `putFile`. */
  readonly put?:
    | ((file: Blob, target: PutTarget, options: PutOptions) => Promise<void>)
    | undefined;
}

/** Options of `createUploader`: a handler's address and route, or a transport. */
export type UploaderOptions<Input = unknown, Data = unknown> = QueueOptions<Input, Data> &
  (EndpointOptions | { readonly transport: UploadTransport<Input, Data> });
