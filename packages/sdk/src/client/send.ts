import { backoff, sleep } from '../shared/retry.ts';
import { isDamage } from '../shared/storage-error.ts';
import type { CompletedFile } from '../shared/types.ts';
import { networkError, toUploadError, UploadError } from './errors.ts';
import type { PendingUpload } from './transport.ts';

/** How far one file has come; outlives a failed attempt, so that a retry does not repeat what is done. */
export interface Shipment {
  target: PendingUpload | null;
  stored: boolean;
}

/** The steps of one upload, as the queue provides them. */
export interface SendSteps<Data> {
  request(): Promise<PendingUpload>;
  put(target: PendingUpload): Promise<void>;
  complete(target: PendingUpload): Promise<CompletedFile<Data>>;
  enter(step: 'requesting' | 'uploading' | 'completing'): void;
  readonly retries: number;
  readonly signal: AbortSignal;
}

const READY_LIMIT = 600_000;
const EXPIRY_MARGIN = 5000;

/** Takes one file to `ready`, repeating only the step that failed. */
export async function send<Data>(
  shipment: Shipment,
  steps: SendSteps<Data>,
): Promise<CompletedFile<Data>> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await attemptOnce(shipment, steps);
    } catch (error) {
      steps.signal.throwIfAborted();
      const failure = toUploadError(error);
      if (!failure.retryable || attempt >= steps.retries) throw failure;
      await whenOnline(steps.signal);
      await sleep(Math.max(failure.retryAfter, backoff(attempt)), steps.signal);
    }
  }
}

async function attemptOnce<Data>(
  shipment: Shipment,
  steps: SendSteps<Data>,
): Promise<CompletedFile<Data>> {
  const { target } = shipment;
  if (
    !shipment.stored &&
    target &&
    Date.parse(target.upload.expiresAt) - EXPIRY_MARGIN < Date.now()
  ) {
    shipment.target = null;
  }
  if (!shipment.target) {
    steps.enter('requesting');
    shipment.target = await steps.request();
  }
  if (!shipment.stored) {
    steps.enter('uploading');
    const early = await store(shipment, shipment.target, steps);
    shipment.stored = true;
    if (early?.file.status === 'ready') return early;
  }
  steps.enter('completing');
  return settle(shipment, shipment.target, steps);
}

async function store<Data>(
  shipment: Shipment,
  target: PendingUpload,
  steps: SendSteps<Data>,
): Promise<CompletedFile<Data> | null> {
  try {
    await steps.put(target);
    return null;
  } catch (error) {
    steps.signal.throwIfAborted();
    const failure = toUploadError(error);
    // An earlier attempt of ours may still be open at the server; it ends soon, one way or the other.
    if (failure.code === 'upload_in_progress') throw repeatable(failure);
    // Create-only storage says "exists": an earlier attempt arrived, though its answer did not.
    if (failure.status === 409 || failure.status === 412) return null;
    if ([401, 403, 404, 410].includes(failure.status)) {
      shipment.target = null;
      throw repeatable(failure);
    }
    if (failure.status !== 0) throw failure;
    return await investigate(shipment, target, steps);
  }
}

/** A broken PUT tells a page nothing, but the server can see whether the bytes arrived. */
async function investigate<Data>(
  shipment: Shipment,
  target: PendingUpload,
  steps: SendSteps<Data>,
): Promise<CompletedFile<Data> | null> {
  try {
    const result = await steps.complete(target);
    if (result.file.status === 'ready' || result.file.status === 'verifying') return result;
  } catch (error) {
    steps.signal.throwIfAborted();
    const answer = toUploadError(error);
    if (answer.code === 'callback_failed') return null;
    if (!answer.retryable && !isMissing(answer)) shipment.target = null;
    if (answer.code === 'network_error')
      throw networkError('The connection broke. Check your network and try again.');
  }
  throw networkError(
    'The storage could not be reached, though the server could: the network or the storage’s CORS rules stop it.',
  );
}

async function settle<Data>(
  shipment: Shipment,
  target: PendingUpload,
  steps: SendSteps<Data>,
): Promise<CompletedFile<Data>> {
  const limit = Date.now() + READY_LIMIT;
  try {
    for (let poll = 0; Date.now() < limit; poll += 1) {
      const result = await steps.complete(target);
      const { status, name } = result.file;
      if (status === 'ready') return result;
      if (status !== 'verifying' && status !== 'pending') {
        throw new UploadError({
          code: `file_${status}`,
          message: `The storage did not accept “${name}” (${status}).`,
        });
      }
      await sleep(Math.min(backoff(poll), 3000), steps.signal);
    }
  } catch (error) {
    const failure = toUploadError(error);
    const again = isMissing(failure) || isDamage(failure.code);
    // Bytes that are not there are sent again; any other refusal is the end of this target.
    if (again || !failure.retryable) shipment.stored = false;
    if (!isMissing(failure) && !failure.retryable) shipment.target = null;
    throw again ? repeatable(failure, 'The file did not arrive whole.') : error;
  }
  throw new UploadError({
    code: 'not_ready_in_time',
    message: 'The file was sent, but checking it takes too long.',
  });
}

function isMissing({ code }: UploadError): boolean {
  return code === 'object_missing';
}

function repeatable(failure: UploadError, message = failure.message): UploadError {
  return new UploadError({ code: failure.code, message, retryable: true }, failure);
}

async function whenOnline(signal: AbortSignal): Promise<void> {
  while (typeof navigator !== 'undefined' && navigator.onLine === false) await sleep(1000, signal);
}
