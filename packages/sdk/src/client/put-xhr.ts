import type { PutTarget } from '../shared/parts.ts';
import { parseRetryAfter } from '../shared/retry.ts';
import { isDamage, readStorageError } from '../shared/storage-error.ts';
import { networkError, UploadError } from './errors.ts';

/** Options of `putFile`. */
export interface PutOptions {
  /** Bytes handed to the network so far. */
  readonly onProgress?: ((loaded: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without any progress after which the attempt is given up. Default 90 000. */
  readonly stallTimeout?: number | undefined;
}

/** What the storage answered. */
export type PutAnswer = readonly [
  status: number,
  text: string,
  retryAfter: string | null | undefined,
];

/** Sends bytes to their target: one attempt. */
export type Put = (file: Blob, target: PutTarget, options?: PutOptions) => Promise<void>;

/** Makes refusals of the storage UploadErrors. */
export const judging =
  (send: (file: Blob, target: PutTarget, options: PutOptions) => Promise<PutAnswer>): Put =>
  async (file, target, options = {}) => {
    options.signal?.throwIfAborted();
    const [status, text, retryAfter] = await send(file, target, options);
    if (status >= 200 && status < 300) return;
    const { code = 'storage_refused', message = `The storage answered with HTTP ${status}.` } =
      readStorageError(text);
    const retryable = isDamage(code) || undefined;
    const error = { code, message: retryable ? 'The file did not arrive whole.' : message };
    throw new UploadError(
      { ...error, retryable },
      { status, retryAfter: parseRetryAfter(retryAfter) },
    );
  };

/** The way of browsers, with progress. */
export const putByXhr: Put = judging(sendByXhr);

function sendByXhr(
  file: Blob,
  { method, url, headers }: PutTarget,
  { onProgress, signal, stallTimeout = 90_000 }: PutOptions,
) {
  return new Promise<PutAnswer>((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (reason: unknown) => {
      reject(reason);
      xhr.abort();
    };
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(end, stallTimeout, networkError());
    };
    const stop = () => end(signal?.reason);
    xhr.open(method, url);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = ({ loaded }) => {
      watch();
      onProgress?.(loaded);
    };
    xhr.onload = () =>
      resolve([
        xhr.status,
        xhr.responseText,
        // Asking for a header that CORS hides prints an error into the console; the list leaves it out.
        /^retry-after: *(.+)$/im.exec(xhr.getAllResponseHeaders())?.[1],
      ]);
    xhr.onerror = () =>
      reject(networkError('The storage was not reached. Check your network and CORS rules.'));
    xhr.onloadend = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    };
    signal?.addEventListener('abort', stop);
    watch();
    xhr.send(file);
  });
}
