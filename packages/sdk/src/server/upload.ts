import { backoff, isTransient, parseRetryAfter, sleep } from '../shared/retry.ts';
import { typeOf } from '../shared/rules.ts';
import { isDamage, readStorageError } from '../shared/storage-error.ts';
import type { FileMetadata, SlipwayFile, UploadTarget } from '../shared/types.ts';
import { asSlipwayError, isTransientError, withDeadline } from './call.ts';
import type { CreateUpload, Slipway } from './client.ts';
import type { Connection } from './connection.ts';
import { SlipwayError } from './errors.ts';
import { type PreparedSource, prepareSource } from './source.ts';

/** Bytes to upload. A stream is read once, so a failed attempt cannot be repeated. */
export type UploadSource =
  | Blob
  | Uint8Array<ArrayBuffer>
  | ArrayBuffer
  | ReadableStream<Uint8Array>;

/** Options of `slipway.upload`. */
export interface UploadOptions {
  readonly name: string;
  /** Default: the Blob's type, or what the name's extension suggests. */
  readonly type?: string | undefined;
  /** Needed for streams, whose length cannot be seen. */
  readonly size?: number | undefined;
  readonly customId?: string | undefined;
  readonly metadata?: FileMetadata | undefined;
  /** Computed when left out, wherever the bytes can be read twice. `false` sends none. */
  readonly sha256?: string | false | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt to send the bytes. Default: a minute and 64 KB/s. */
  readonly timeout?: number | undefined;
  /** Milliseconds to wait for `ready` after the bytes are sent. Default five minutes. */
  readonly readyTimeout?: number | undefined;
}

interface UploadContext {
  readonly connection: Connection;
  readonly uploads: Slipway['uploads'];
}

/** Hash, create, PUT, complete, wait for `ready`. */
export async function upload(
  context: UploadContext,
  source: UploadSource,
  options: UploadOptions,
): Promise<SlipwayFile> {
  options.signal?.throwIfAborted();
  const prepared = await prepareSource(source, options);
  const input: CreateUpload = {
    name: options.name,
    size: prepared.size,
    type: typeOf({ name: options.name, type: options.type ?? prepared.type }),
    sha256: prepared.sha256,
    customId: options.customId,
    metadata: options.metadata,
  };
  const id = await send(context, { prepared, input }, options);
  const file = await waitUntilReady(context, id, options);
  const digest = prepared.digest();
  if (digest && file.sha256 && digest !== file.sha256) {
    throw new SlipwayError({
      code: 'digest_mismatch',
      message: `“${file.name}” was stored with other bytes than were sent.`,
      details: { id: file.id },
    });
  }
  return file;
}

interface Shipment {
  readonly prepared: PreparedSource;
  readonly input: CreateUpload;
}

async function send(
  context: UploadContext,
  shipment: Shipment,
  options: UploadOptions,
): Promise<string> {
  const { retries } = context.connection;
  const { signal } = options;
  let target: UploadTarget | null = null;
  for (let attempt = 0; ; attempt += 1) {
    target ??= await context.uploads.create(shipment.input, { signal });
    try {
      await put(context.connection, { ...shipment, target }, options);
      return target.id;
    } catch (error) {
      if (!(error instanceof SlipwayError)) throw error;
      // An earlier attempt may still be open at the server; it ends soon, one way or the other.
      const isOpen = error.code === 'upload_in_progress';
      // Create-only storage says "exists": an earlier attempt arrived, though its answer did not.
      if (attempt > 0 && !isOpen && (error.status === 409 || error.status === 412))
        return target.id;
      const expired = error.status === 403 && Date.parse(target.expiresAt) <= Date.now();
      const repeatable =
        shipment.prepared.repeatable &&
        (expired || isOpen || isTransient(error.status) || isDamage(error.code));
      if (!repeatable || attempt >= retries) throw error;
      if (expired) target = null;
      await sleep(Math.max(error.retryAfter ?? 0, backoff(attempt)), signal);
    }
  }
}

async function put(
  { fetch, url: base }: Connection,
  { prepared, target }: Shipment & { readonly target: UploadTarget },
  options: UploadOptions,
): Promise<void> {
  const url = new URL(target.url, base);
  const timeout = options.timeout ?? 60_000 + (prepared.size / 65_536) * 1000;
  const body = prepared.body();
  const headers: Record<string, string> = { ...target.headers };
  const init: RequestInit & { duplex?: 'half' } = { method: target.method, headers, body };
  if (body instanceof ReadableStream) {
    headers['content-length'] = String(prepared.size);
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

async function waitUntilReady(
  context: UploadContext,
  id: string,
  options: UploadOptions,
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
