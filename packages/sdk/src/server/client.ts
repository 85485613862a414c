import type { FileMetadata, FileStatus, SlipwayFile, UploadTarget } from '../shared/types.ts';
import { type Caller, type CallOptions, createCaller } from './call.ts';
import { readApiKey, readConnection, type SlipwayOptions } from './connection.ts';
import { type DownloadOptions, download } from './download.ts';
import { createEvents, type Events } from './events.ts';
import { createFileChanges, type FileChanges, type FileKeeping } from './file-changes.ts';
import { createKeys, type Keys } from './keys.ts';
import type { SlipwayProject } from './project.ts';
import type { RouteRefusal } from './refusals.ts';
import type { RequestRules } from './route-rules.ts';
import { type UploadOptions, type UploadSource, upload } from './upload.ts';
import { type UploadFromUrlOptions, uploadFromUrl } from './upload-from-url.ts';

/** An address that is told that a file is ready, until it answers with `{ "serverData": … }`. */
export interface UploadCallback {
  readonly url: string;
  /** `whsec_` and 24 to 64 bytes in base64: messages are signed with it by Standard Webhooks. */
  readonly secret: string;
  /** Comes back with the message. */
  readonly data?: string | undefined;
}

/** What came of a callback. */
export interface CallbackState {
  readonly state: 'none' | 'waiting' | 'pending' | 'done' | 'failed' | 'unreachable';
  /** What the server answered, once `done`. */
  readonly result: unknown;
  readonly attempts: number;
  readonly error: string | null;
  /** Every attempt, as it was sent and answered. */
  readonly tries: readonly CallbackTry[];
}

/** One attempt to tell a server. */
export interface CallbackTry {
  readonly number: number;
  readonly at: string;
  readonly durationMs: number;
  /** Of the answer; null when there was none. */
  readonly status: number | null;
  readonly problem: string | null;
}

/** What an upload is about. */
export interface CreateUpload extends FileKeeping {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  /** Lower-case hex. The stored bytes must have this digest. */
  readonly sha256?: string | undefined;
  /** Your own id, unique in the project. */
  readonly customId?: string | undefined;
  /** With `customId`: becomes a new version of the file that has it, once it is ready. Default: what the rules say. */
  readonly replace?: boolean | undefined;
  readonly metadata?: FileMetadata | undefined;
  /** Your own name of who uploads; the project may limit what each of them stores. */
  readonly uploader?: string | undefined;
  /** The upload route that it comes by. */
  readonly route?: string | undefined;
  /** Beside those of the project; whichever is stricter holds. */
  readonly rules?: RequestRules | undefined;
  /** Whom to tell when the file is ready. */
  readonly callback?: UploadCallback | undefined;
  /** Of a file that is copied from UploadThing: it is found under the key that it has there. */
  readonly uploadthing?:
    | {
        readonly key: string;
        readonly acl?: 'public-read' | 'private' | undefined;
        /** Gives up an earlier copy that was announced and never came. */
        readonly restart?: boolean | undefined;
      }
    | undefined;
  /** Whether a file that is larger than one part may go in parts; the target then says so. */
  readonly multipart?: boolean | undefined;
}

/** Names one upload. */
export type UploadReference = { readonly id: string } | { readonly key: string };

/** A filter over files. */
export interface FileQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  /** Searches names and values of metadata; or an id, key or customId. */
  readonly q?: string | undefined;
  readonly sort?: 'created' | 'name' | 'size' | undefined;
  readonly direction?: 'asc' | 'desc' | undefined;
  readonly tag?: string | undefined;
  /** Files in it, and below it. */
  readonly folder?: string | undefined;
  readonly route?: string | undefined;
  readonly uploader?: string | undefined;
  readonly minSize?: number | undefined;
  readonly maxSize?: number | undefined;
  readonly type?: string | undefined;
  readonly status?: FileStatus | undefined;
  /** Files of test keys alone, none of them, or all. Without it live keys list live files. */
  readonly test?: 'true' | 'false' | 'all' | undefined;
  /** With versions that were replaced. */
  readonly versions?: 'true' | undefined;
  readonly from?: Date | string | undefined;
  readonly to?: Date | string | undefined;
}

/** One page of files. */
export interface FilePage {
  readonly data: readonly SlipwayFile[];
  readonly nextCursor: string | null;
}

/** Options of `files.delete`. */
export interface DeleteOptions {
  readonly permanent?: boolean | undefined;
}

/** A link that works until `expiresAt`. */
export interface FileLink {
  readonly url: string;
  readonly expiresAt: string;
}

/** Options of `files.url`. */
export interface LinkOptions extends CallOptions {
  /** Seconds; at most 7 days. Default an hour. */
  readonly expiresIn?: number | undefined;
  /** Makes browsers save the file under this name instead of showing it. */
  readonly download?: string | undefined;
  /** Serves whichever version with its customId is the newest at the time. */
  readonly latest?: boolean | undefined;
  /**
   * A picture made from this one instead: `thumbnail`, `preview`, `large`, or parameters such as
   * `w=320,h=200,fit=cover,format=auto,q=80,dpr=2`.
   */
  readonly transform?: string | undefined;
}

/** A typed client for one project. Make it with `createSlipway`. */
export interface Slipway {
  /** The project that the key belongs to. */
  project(options?: CallOptions): Promise<SlipwayProject>;
  /** Uploads in steps, for when somebody else sends the bytes. */
  readonly uploads: {
    /** Asks for a place to PUT one file, or to send its parts to. */
    create(input: CreateUpload, options?: CallOptions): Promise<UploadTarget>;
    /** Says that the bytes were sent. May be called again. */
    complete(reference: UploadReference, options?: CallOptions): Promise<SlipwayFile>;
    /** What came of a file's callback; waits up to 25 seconds for one that is on its way. */
    callback(
      file: { readonly id: string; readonly waitSeconds?: number | undefined },
      options?: CallOptions,
    ): Promise<CallbackState>;
    /** Notes in the project's upload log what your own server refused; the upload handler does it by itself. */
    reportRefusals(
      refusals: readonly RouteRefusal[],
      options?: CallOptions,
    ): Promise<{ readonly noted: number }>;
    /** Takes a callback's message, before acting on it. Each can be taken once. */
    claimCallback(
      message: { readonly id: string; readonly attempt: number },
      options?: CallOptions,
    ): Promise<SlipwayFile>;
  };
  readonly files: FileChanges & {
    list(query?: FileQuery, options?: CallOptions): Promise<FilePage>;
    /** Every file of the query, page by page as you go. */
    all(query?: FileQuery, options?: CallOptions): AsyncIterableIterator<SlipwayFile>;
    get(id: string, options?: CallOptions): Promise<SlipwayFile>;
    /** It can be restored for as long as the project's rules say; `permanent` erases it at once. */
    delete(id: string, options?: CallOptions & DeleteOptions): Promise<SlipwayFile>;
    /** A link to the bytes, for a private file a signed one. */
    url(id: string, options?: CallOptions & LinkOptions): Promise<FileLink>;
    /** The bytes, or a range of them, as a `Response`. */
    download(id: string, options?: DownloadOptions): Promise<Response>;
  };
  readonly keys: Keys;
  readonly events: Events;
  /** Sends bytes and resolves once the file is `ready`. */
  upload(source: UploadSource, options: UploadOptions): Promise<SlipwayFile>;
  /**
   * Has Slipway fetch a public address, and resolves once the file is `ready`. Slipway itself asks, not
   * this server, and refuses every address that is not of the public internet, also behind redirects.
   */
  uploadFromUrl(url: string | URL, options?: UploadFromUrlOptions): Promise<SlipwayFile>;
}

/** Verifying a large object may mean to read all of it. */
const VERIFY_TIMEOUT = 280_000;

const keys = new WeakMap<Slipway, () => string>();

/** A client for one project. Options are read at the first call. Keep it on the server. */
export function createSlipway(options: SlipwayOptions = {}): Slipway {
  const call = createCaller(options);
  const files = createFiles(call);
  const uploads: Slipway['uploads'] = {
    create: (input, more) =>
      call({
        ...more,
        method: 'POST',
        path: 'upload-url',
        body: input,
      }),
    complete: (reference, more) =>
      call({
        timeout: VERIFY_TIMEOUT,
        ...more,
        method: 'POST',
        path: 'upload-complete',
        body: reference,
      }),
    callback: ({ id, waitSeconds = 0 }, more) =>
      call({
        timeout: (waitSeconds + 10) * 1000,
        ...more,
        method: 'GET',
        path: `files/${encodeURIComponent(id)}/callback`,
        query: { waitSeconds },
      }),
    reportRefusals: (refusals, more) =>
      call({ ...more, method: 'POST', path: 'upload-log', body: { refusals } }),
    claimCallback: ({ id, attempt }, more) =>
      call({
        ...more,
        method: 'POST',
        path: `files/${encodeURIComponent(id)}/callback/claim`,
        body: { attempt },
      }),
  };
  const slipway: Slipway = {
    project: (more) => call({ ...more, method: 'GET', path: 'project' }),
    keys: createKeys(call),
    events: createEvents(call),
    uploads,
    files: {
      ...files,
      download: (id, more = {}) =>
        download({ connection: readConnection(options), link: files.url, id }, more),
    },
    upload: (source, more) =>
      upload({ connection: readConnection(options), uploads, call }, source, more),
    uploadFromUrl: (url, more) => uploadFromUrl({ call, uploads, files }, url, more),
  };
  keys.set(slipway, () => readApiKey(options));
  return slipway;
}

/** The key behind a client, for signing in this package only. */
export function apiKeyOf(slipway: Slipway): string | undefined {
  return keys.get(slipway)?.();
}

function createFiles(call: Caller): Omit<Slipway['files'], 'download'> {
  const list: Slipway['files']['list'] = (query = {}, more = {}) =>
    call({
      ...more,
      method: 'GET',
      path: 'files',
      query: { ...query, from: isoDate(query.from), to: isoDate(query.to) },
    });
  const one = (id: string) => `files/${encodeURIComponent(id)}`;
  return {
    ...createFileChanges(call),
    list,
    async *all(query = {}, more = {}) {
      let cursor = query.cursor;
      do {
        const page = await list({ ...query, cursor }, more);
        yield* page.data;
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
    },
    get: (id, more) => call({ ...more, method: 'GET', path: one(id) }),
    delete: (id, { permanent, ...more } = {}) =>
      call({
        ...more,
        method: 'DELETE',
        path: one(id),
        query: { permanent: permanent === true ? 'true' : undefined },
      }),
    url: (id, { expiresIn, download: saveAs, transform, latest, ...more } = {}) =>
      call({
        ...more,
        method: 'GET',
        path: `${one(id)}/url`,
        query: { expiresIn, download: saveAs, transform, latest: latest ? 'true' : undefined },
      }),
  };
}

function isoDate(date: Date | string | undefined): string | undefined {
  return date instanceof Date ? date.toISOString() : date;
}
