import { backoff, isTransient, parseRetryAfter, sleep } from '../shared/retry.ts';
import { asSlipwayError, type CallOptions, withDeadline } from './call.ts';
import type { FileLink } from './client.ts';
import type { Connection } from './connection.ts';
import { SlipwayError } from './errors.ts';

/** Options of `files.download`. */
export interface DownloadOptions extends CallOptions {
  /** First and last byte, both included; leave `end` out to read to the end. */
  readonly range?: { readonly start: number; readonly end?: number | undefined } | undefined;
}

interface DownloadContext {
  readonly connection: Connection;
  readonly link: (id: string, options: CallOptions) => Promise<FileLink>;
  readonly id: string;
}

/** Fetches the bytes through a fresh link; the time limit covers the wait for the first byte. */
export async function download(
  context: DownloadContext,
  options: DownloadOptions,
): Promise<Response> {
  const { connection, id } = context;
  for (let attempt = 0; ; attempt += 1) {
    const { url } = await context.link(id, options);
    try {
      return await fetchOnce(connection, new URL(url, connection.url), options);
    } catch (error) {
      const transient = error instanceof SlipwayError && isTransient(error.status);
      if (!transient || attempt >= connection.retries) throw error;
      await sleep(Math.max(error.retryAfter ?? 0, backoff(attempt)), options.signal);
    }
  }
}

async function fetchOnce(
  connection: Connection,
  url: URL,
  options: DownloadOptions,
): Promise<Response> {
  const { range, signal } = options;
  const headers: Record<string, string> = range
    ? { range: `bytes=${range.start}-${range.end ?? ''}` }
    : {};
  const timeout = options.timeout ?? connection.timeout;
  const late = new AbortController();
  // Follows the caller's signal as long as there is a body to read, without a listener that stays behind.
  const whole = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
  const response = await withDeadline({ signal, timeout }, (deadline) => {
    deadline.addEventListener('abort', () => late.abort(deadline.reason), { once: true });
    return connection.fetch(url.href, { headers, signal: whole });
  }).catch((error: unknown) => {
    throw asSlipwayError(error, { signal, host: url.host });
  });
  if (response.ok) return response;
  await response.body?.cancel();
  throw new SlipwayError({
    code: response.status === 416 ? 'range_not_satisfiable' : 'download_failed',
    message: `The storage answered the download with HTTP ${response.status}.`,
    status: response.status,
    retryAfter: parseRetryAfter(response.headers.get('retry-after')),
  });
}
