import {
  cutIntoParts,
  type Part,
  type PartCarrier,
  sendParts,
  syncParts,
} from '../shared/parts.ts';
import { backoff, sleep } from '../shared/retry.ts';
import { isDamage } from '../shared/storage-error.ts';
import type { CompletedFile } from '../shared/types.ts';
import { toUploadError, UploadError } from './errors.ts';
import { callJson, type JsonCall, type PendingUpload } from './transport.ts';

/** How far one file has come; outlives failed attempts, pauses and retries, so that nothing is repeated. */
export interface Shipment {
  target?: PendingUpload | undefined;
  parts: readonly Part[];
  /** Names the upload, so that it is gone on with once. */
  token?: string | undefined;
  /** Whether the server may have parts that we know nothing of. */
  unsure?: boolean;
  /** Why it is not certain that a single piece arrived. */
  doubt?: UploadError | undefined;
}

/** The steps of one upload, as the queue provides them. */
export interface SendSteps<Data> extends Pick<PartCarrier, 'digest' | 'put'> {
  request(): Promise<PendingUpload>;
  complete(target: PendingUpload): Promise<CompletedFile<Data>>;
  enter(step: 'requesting' | 'uploading' | 'completing'): void;
  readonly size: number;
  readonly retries: number;
  readonly signal: AbortSignal;
}

const MOST_POLLS = 12;
const EXPIRY_MARGIN = 5000;
/** The target is over; a fresh one may do. */
const GONE = [401, 403, 404, 410];
/** Create-only storage says "exists": an earlier attempt arrived, though its answer did not. */
const TAKEN = [409, 412];
/** What was damaged on a bad line is worth more attempts. */
const DAMAGE_COUNTS = 0.5;

/** Takes one file to `ready`, repeating only the step that failed and sending only what is missing. */
export async function send<Data>(
  shipment: Shipment,
  steps: SendSteps<Data>,
): Promise<CompletedFile<Data>> {
  const { signal, retries } = steps;
  let most = 0;
  for (let attempt = 0; ; ) {
    try {
      return await attemptOnce(shipment, steps);
    } catch (error) {
      signal.throwIfAborted();
      const failure = toUploadError(error);
      const offline = failure.code === 'network_error' && globalThis.navigator?.onLine === false;
      const stored = shipment.parts.filter(({ stored }) => stored).length;
      if (stored > most) {
        most = stored;
        attempt = 0;
      }
      if (!failure.retryable || (attempt >= retries && !offline)) throw failure;
      if (offline)
        await new Promise((resolve) => addEventListener('online', resolve, { once: true, signal }));
      await sleep(Math.max(failure.retryAfter, backoff(attempt)), signal);
      if (!offline) attempt += isDamage(failure.code) && shipment.target ? DAMAGE_COUNTS : 1;
    }
  }
}

async function attemptOnce<Data>(
  shipment: Shipment,
  steps: SendSteps<Data>,
): Promise<CompletedFile<Data>> {
  if (isStale(shipment)) shipment.target = undefined;
  if (!shipment.target) {
    steps.enter('requesting');
    const target = await steps.request();
    steps.signal.throwIfAborted();
    shipment.target = target;
    shipment.parts = cutIntoParts(steps.size, target.upload.multipart?.partSize);
    // An interrupted upload in one piece: completion tells whether it arrived.
    if (isBegun(shipment)) settleAll(shipment, true);
  }
  const { target, parts } = shipment;
  if (parts.some(({ stored }) => !stored)) {
    steps.enter('uploading');
    await (target.upload.multipart ? sendInParts : sendWhole)(shipment, target, steps);
  }
  steps.enter('completing');
  return settle(shipment, target, steps);
}

/** Whether another page began it, in one piece, and nobody knows how far it came. */
const isBegun = ({ unsure, target }: Shipment) => unsure && !target?.upload.multipart;

function settleAll({ parts }: Shipment, stored: boolean): void {
  for (const part of parts) part.stored = stored;
}

/** A single target is asked for once more when it expires; one in parts only when the server says so. */
function isStale({ target, parts }: Shipment): boolean {
  return (
    !target?.upload.multipart &&
    !parts[0]?.stored &&
    Date.parse(target?.upload.expiresAt ?? '') - EXPIRY_MARGIN < Date.now()
  );
}

/** A file in one piece. Whether it is there after a failure, completion tells. */
async function sendWhole(
  shipment: Shipment,
  { upload }: PendingUpload,
  steps: SendSteps<unknown>,
): Promise<void> {
  const [part] = shipment.parts as [Part];
  shipment.doubt = undefined;
  try {
    await steps.put(part, upload);
  } catch (error) {
    const failure = toUploadError(error);
    const { code, status } = failure;
    // An earlier attempt of ours may still be open at the server; it ends soon, one way or the other.
    const open = code === 'upload_in_progress';
    if (open || !(code === 'network_error' || TAKEN.includes(status)))
      throw forgive(failure, shipment);
    shipment.doubt = repeatable(failure);
  }
  part.stored = true;
}

async function sendInParts(
  shipment: Shipment,
  { upload }: PendingUpload,
  steps: SendSteps<unknown>,
): Promise<void> {
  const { parts } = shipment;
  const call = (init: JsonCall) =>
    callJson<never>(upload.url, { ...init, signal: steps.signal }).catch((error: unknown) => {
      throw forgive(error, shipment);
    });
  const carrier: PartCarrier = {
    digest: steps.digest,
    received: () => call({}),
    sign: (wanted) => call({ method: 'POST', body: { parts: wanted } }),
    put: (part, target) =>
      steps.put(part, target).catch((error: unknown) => {
        throw forgive(error);
      }),
  };
  // When it is no longer open, completion tells how it ended.
  if (shipment.unsure && (await syncParts(parts, carrier)) !== 'pending') settleAll(shipment, true);
  shipment.unsure = true;
  await sendParts(parts, carrier);
}

async function settle<Data>(
  shipment: Shipment,
  target: PendingUpload,
  steps: SendSteps<Data>,
): Promise<CompletedFile<Data>> {
  try {
    for (let poll = 0; ; poll += 1) {
      const result = await steps.complete(target);
      const { status, name } = result.file;
      if (status === 'ready') return result;
      const retryable = status === 'verifying' || status === 'pending';
      if (!retryable || poll > MOST_POLLS) {
        const message = `“${name}” is not ready: ${status}.`;
        throw new UploadError({ code: `file_${status}`, message, retryable });
      }
      await sleep(backoff(poll), steps.signal);
    }
  } catch (error) {
    const failure = toUploadError(error);
    const missing = failure.code === 'object_missing';
    const over = missing || !failure.retryable;
    // What another page began, and did not bring to its end, begins anew.
    const begun = over && isBegun(shipment);
    if (begun) shipment.unsure = false;
    // Bytes that are not there are sent again; any other refusal is the end of this target.
    if (over) settleAll(shipment, false);
    if (!missing && !failure.retryable) shipment.target = undefined;
    throw missing || isDamage(failure.code) || begun
      ? (shipment.doubt ?? repeatable(failure, 'The file did not arrive whole.'))
      : failure;
  }
}

/** What a fresh target, or another look at the server, may overcome. */
function forgive(error: unknown, shipment?: Shipment): UploadError {
  const failure = toUploadError(error);
  const gone = GONE.includes(failure.status);
  if (gone && shipment) shipment.target = undefined;
  return gone || TAKEN.includes(failure.status) ? repeatable(failure) : failure;
}

function repeatable(failure: UploadError, message = failure.message): UploadError {
  return new UploadError({ code: failure.code, message, retryable: true }, failure);
}
