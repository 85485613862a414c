import type { PutTarget } from '../shared/parts.ts';
import { backoff, parseRetryAfter, sleep } from '../shared/retry.ts';
import { readStorageError } from '../shared/storage-error.ts';
import type { SlipwayFile } from '../shared/types.ts';
import { asSlipwayError, type Caller, isTransientError, withDeadline } from './call.ts';
import type { Slipway } from './client.ts';
import type { Connection } from './connection.ts';
import { SlipwayError } from './errors.ts';
import type { Body, PreparedSource } from './source.ts';
import type { UploadOptions } from './upload.ts';

/** What an upload works with. */
export interface UploadContext {
  readonly connection: Connection;
  readonly uploads: Slipway['uploads'];
  readonly call: Caller;
}

/** One upload. */
export interface Shipment {
  readonly prepared: PreparedSource;
  readonly options: UploadOptions;
}

/** One attempt to send bytes to their target. */
export async function put(
  { fetch, url: base }: Connection,
  { prepared, options }: Shipment,
  {
    target,
    body,
    size,
  }: { readonly target: PutTarget; readonly body: Body; readonly size: number },
): Promise<void> {
  const url = new URL(target.url, base);
  const timeout = options.timeout ?? 60_000 + (size / 65_536) * 1000;
  const headers: Record<string, string> = { ...target.headers };
  const init: RequestInit & { duplex?: 'half' } = { method: target.method, headers, body };
  if (body instanceof ReadableStream) {
    headers['content-length'] = String(size);
    init.duplex = 'half';
  }
  const answer = await withDeadline({ signal: options.signal, timeout }, async (signal) => {
    const response = await fetch(url.href, { ...init, signal });
    return { response, text: await response.text() };
  }).catch((error: unknown) => {
    throw prepared.failure() ?? asSlipwayError(error, { signal: options.signal, host: url.host });
  });
  if (answer.response.ok) return;
  const { status } = answer.response;
  const { code, message } = readStorageError(answer.text);
  throw new SlipwayError({
    code: code ?? 'storage_refused',
    message: `The storage refused “${options.name}” with HTTP ${status}${message ? `: ${message}` : '.'}`,
    status,
    retryAfter: parseRetryAfter(answer.response.headers.get('retry-after')),
  });
}

/** Completes an upload and waits for the end of its verification. */
export async function waitUntilReady(
  context: UploadContext,
  options: UploadOptions,
  id: string,
): Promise<SlipwayFile> {
  const limit = Date.now() + (options.readyTimeout ?? 300_000);
  for (let attempt = 0; ; attempt += 1) {
    const file = await completeOrWait(context, id, options.signal);
    if (file?.status === 'ready') return file;
    if (file && file.status !== 'pending' && file.status !== 'verifying') {
      throw new SlipwayError({
        code: `file_${file.status}`,
        message: `“${file.name}” ended as ${file.status}${file.scan === 'infected' ? ': the scanner found a virus' : ''}.`,
        details: { id, status: file.status, scan: file.scan },
      });
    }
    if (Date.now() > limit) {
      throw new SlipwayError({
        code: 'not_ready_in_time',
        message: `“${options.name}” was sent, but is still being verified. It may become ready later.`,
        details: { id },
      });
    }
    await sleep(Math.min(backoff(attempt), 3000), options.signal);
  }
}

/** The file, or null while somebody else is verifying it or Slipway is away for a moment. */
async function completeOrWait(
  context: UploadContext,
  id: string,
  signal: AbortSignal | undefined,
): Promise<SlipwayFile | null> {
  try {
    return await context.uploads.complete({ id }, { signal });
  } catch (error) {
    if (isTransientError(error)) return null;
    throw error;
  }
}

/** The file is there, and is not what was sent. */
export function otherBytes(file: SlipwayFile): SlipwayError {
  return new SlipwayError({
    code: 'digest_mismatch',
    message: `“${file.name}” was stored with other bytes than were sent.`,
    details: { id: file.id },
  });
}
