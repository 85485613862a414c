import { parseRetryAfter } from '../shared/retry.ts';
import { isDamage, readStorageError } from '../shared/storage-error.ts';
import type { UploadTarget } from '../shared/types.ts';
import { networkError, UploadError } from './errors.ts';

/** Options of `putFile`. */
export interface PutOptions {
  /** Bytes handed to the network so far. */
  readonly onProgress?: ((loaded: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without any progress after which the attempt is given up. Default 90 000. */
  readonly stallTimeout?: number | undefined;
}

/** The part of a target that is needed to send bytes. */
export type PutTarget = Pick<UploadTarget, 'url' | 'method' | 'headers'>;

interface PutAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
}

/** Sends the bytes to their target: one attempt, with progress where XMLHttpRequest exists. */
export async function putFile(
  file: Blob,
  target: PutTarget,
  options: PutOptions = {},
): Promise<void> {
  options.signal?.throwIfAborted();
  const answer = await (typeof XMLHttpRequest === 'undefined' ? putByFetch : putByXhr)(
    file,
    target,
    options,
  );
  if (answer.status >= 200 && answer.status < 300) return;
  const { status } = answer;
  const { code = 'storage_refused', message = `The storage answered with HTTP ${status}.` } =
    readStorageError(answer.text);
  const more = { status, retryAfter: parseRetryAfter(answer.retryAfter) };
  throw isDamage(code)
    ? new UploadError({ code, message: 'The file was damaged on its way.', retryable: true }, more)
    : new UploadError({ code, message }, more);
}

/** Headers that belong to the browser; setting them only prints a warning. */
function settableHeaders(headers: PutTarget['headers']): [string, string][] {
  return Object.entries(headers).filter(([name]) => !/^(content-length|host)$/i.test(name));
}

function putByXhr(
  file: Blob,
  target: PutTarget,
  { onProgress, signal, stallTimeout = 90_000 }: PutOptions,
) {
  return new Promise<PutAnswer>((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        reject(networkError('The upload stopped moving.'));
        xhr.abort();
      }, stallTimeout);
    };
    const stop = () => {
      reject(signal?.reason);
      xhr.abort();
    };
    xhr.open(target.method, target.url);
    for (const [name, value] of settableHeaders(target.headers)) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = (event) => {
      watch();
      onProgress?.(event.loaded);
    };
    xhr.onload = () =>
      resolve({
        status: xhr.status,
        text: xhr.responseText,
        // Asking for a header that CORS hides prints an error into the console; the list leaves it out.
        retryAfter: /^retry-after: *(.+)$/im.exec(xhr.getAllResponseHeaders())?.[1] ?? null,
      });
    xhr.onerror = () => reject(networkError());
    xhr.onloadend = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    };
    signal?.addEventListener('abort', stop);
    watch();
    xhr.send(file);
  });
}

async function putByFetch(
  file: Blob,
  target: PutTarget,
  { onProgress, signal }: PutOptions,
): Promise<PutAnswer> {
  const init: RequestInit = {
    method: target.method,
    headers: settableHeaders(target.headers),
    body: file,
  };
  const response = await fetch(target.url, signal ? { ...init, signal } : init);
  const text = await response.text();
  if (response.ok) onProgress?.(file.size);
  return { status: response.status, text, retryAfter: response.headers.get('retry-after') };
}
