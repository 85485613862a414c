import { typeOf } from '../shared/media-type.ts';
import { backoff, isTransient, sleep } from '../shared/retry.ts';
import { isDamage } from '../shared/storage-error.ts';
import type { FileMetadata, SlipwayFile, UploadTarget } from '../shared/types.ts';
import type { CreateUpload } from './client.ts';
import { otherBytes, put, type Shipment, type UploadContext, waitUntilReady } from './delivery.ts';
import { SlipwayError } from './errors.ts';
import type { FileKeeping } from './file-changes.ts';
import type { RequestRules } from './route-rules.ts';
import { prepareSource } from './source.ts';
import { uploadInParts } from './upload-parts.ts';

/**
 * Bytes to upload. A stream is read once, so a failed attempt cannot be repeated, unless it is large
 * enough to go in parts.
 */
export type UploadSource =
  | Blob
  | Uint8Array<ArrayBuffer>
  | ArrayBuffer
  | ReadableStream<Uint8Array>;

/** Options of `slipway.upload`. */
export interface UploadOptions extends FileKeeping {
  readonly name: string;
  /** Default: the Blob's type, or what the name's extension suggests. */
  readonly type?: string | undefined;
  /** Needed for streams, whose length cannot be seen. */
  readonly size?: number | undefined;
  readonly customId?: string | undefined;
  /** With `customId`: becomes a new version of the file that has it, once it is ready. Default: what the rules say. */
  readonly replace?: boolean | undefined;
  readonly metadata?: FileMetadata | undefined;
  /** Your own name of who uploads; the project may limit what each of them stores. */
  readonly uploader?: string | undefined;
  /** The upload route whose rules of the project hold, too. */
  readonly route?: string | undefined;
  /** Beside those of the project; whichever is stricter holds. */
  readonly rules?: RequestRules | undefined;
  /** Computed when left out, of the whole where that is cheap, and of each part. `false` sends none. */
  readonly sha256?: string | false | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt to send the bytes, or a part. Default: a minute and 64 KB/s. */
  readonly timeout?: number | undefined;
  /** Milliseconds to wait for `ready` after the bytes are sent. Default five minutes. */
  readonly readyTimeout?: number | undefined;
}

/** Hash, create, send, complete, wait for `ready`. */
export async function upload(
  context: UploadContext,
  source: UploadSource,
  options: UploadOptions,
): Promise<SlipwayFile> {
  // From JavaScript it may be missing.
  if (!options?.name) {
    throw new SlipwayError({
      code: 'invalid_source',
      message: 'Expected a second argument with the file’s name: upload(source, { name }).',
    });
  }
  options.signal?.throwIfAborted();
  const prepared = await prepareSource(source, options);
  // All that is said of the file goes along: a word that is not known is refused, and not overheard.
  const { signal: _signal, timeout: _timeout, readyTimeout: _readyTimeout, ...wish } = options;
  const input: CreateUpload = {
    ...wish,
    size: prepared.size,
    type: typeOf({ name: options.name, type: options.type ?? prepared.type }),
    sha256: prepared.sha256,
    multipart: true,
  };
  const file = await send(context, { prepared, options }, input);
  const digest = prepared.digest();
  if (digest && file.sha256 && digest !== file.sha256) throw otherBytes(file);
  return file;
}

async function send(
  context: UploadContext,
  shipment: Shipment,
  input: CreateUpload,
): Promise<SlipwayFile> {
  const { prepared, options } = shipment;
  const { signal } = options;
  let target: UploadTarget | null = null;
  for (let attempt = 0; ; attempt += 1) {
    target ??= await context.uploads.create(input, { signal });
    if (target.multipart) return uploadInParts(context, shipment, target);
    try {
      await put(context.connection, shipment, {
        target,
        body: prepared.body(),
        size: prepared.size,
      });
      break;
    } catch (error) {
      if (!(error instanceof SlipwayError)) throw error;
      // An earlier attempt may still be open at the server; it ends soon, one way or the other.
      const isOpen = error.code === 'upload_in_progress';
      // Create-only storage says "exists": an earlier attempt arrived, though its answer did not.
      if (attempt > 0 && !isOpen && (error.status === 409 || error.status === 412)) break;
      const expired = error.status === 403 && Date.parse(target.expiresAt) <= Date.now();
      const repeatable =
        prepared.repeatable &&
        (expired || isOpen || isTransient(error.status) || isDamage(error.code));
      if (!repeatable || attempt >= context.connection.retries) throw error;
      if (expired) target = null;
      await sleep(Math.max(error.retryAfter ?? 0, backoff(attempt)), signal);
    }
  }
  return waitUntilReady(context, options, target.id);
}
