import { sha256 } from '../shared/hash.ts';
import {
  cutIntoParts,
  type Part,
  type PartCarrier,
  type ReceivedParts,
  type SignedParts,
  sendParts,
  syncParts,
} from '../shared/parts.ts';
import { backoff, isTransient, sleep } from '../shared/retry.ts';
import { isDamage } from '../shared/storage-error.ts';
import type { SlipwayFile, UploadTarget } from '../shared/types.ts';
import { otherBytes, put, type Shipment, type UploadContext, waitUntilReady } from './delivery.ts';
import { SlipwayError } from './errors.ts';

/** Parts that are read before their turn, as long as they weigh no more than this together. */
const AHEAD = 8;
const AHEAD_BYTES = 64 * 1024 * 1024;
/** What a fresh URL, or another look at what arrived, may overcome. */
const RENEWABLE = [401, 403, 404, 409, 410, 412];

/** Sends a large file in parts and completes it. What fails is repeated, for the missing parts only. */
export async function uploadInParts(
  context: UploadContext,
  shipment: Shipment,
  target: UploadTarget,
): Promise<SlipwayFile> {
  const { prepared, options } = shipment;
  const partSize = target.multipart?.partSize ?? prepared.size;
  const parts = cutIntoParts(prepared.size, partSize);
  const carrier = createCarrier(context, shipment, target);
  const ahead = Math.max(1, Math.min(AHEAD, Math.floor(AHEAD_BYTES / partSize)));
  let most = 0;
  for (let attempt = 0; ; attempt += 1) {
    let sent = false;
    try {
      if (attempt > 0) await lookUp(parts, carrier);
      await sendParts(parts, carrier, ahead);
      sent = true;
      return await complete(context, shipment, { target, parts, partSize });
    } catch (error) {
      const stored = parts.filter((part) => part.stored).length;
      if (!sent && stored > most) {
        most = stored;
        attempt = 0;
      }
      const isRepeatable = sent ? isMissing : isPassing;
      if (!isRepeatable(error) || attempt >= context.connection.retries) {
        await giveUp(context, target);
        throw error;
      }
      await sleep(Math.max(error.retryAfter ?? 0, backoff(attempt)), options.signal);
    }
  }
}

async function complete(
  context: UploadContext,
  { options }: Shipment,
  sent: {
    readonly target: UploadTarget;
    readonly parts: readonly Part[];
    readonly partSize: number;
  },
): Promise<SlipwayFile> {
  const file = await waitUntilReady(context, options, sent.target.id);
  const checksum = await checksumOf(sent.parts, sent.partSize);
  if (file.checksum && checksum && file.checksum !== checksum) throw otherBytes(file);
  return file;
}

function createCarrier(
  { call, connection }: UploadContext,
  shipment: Shipment,
  target: UploadTarget,
): PartCarrier {
  const { prepared, options } = shipment;
  const { signal } = options;
  return {
    received: () => call<ReceivedParts>({ method: 'GET', path: target.url, signal }),
    sign: (wanted) =>
      call<SignedParts>({ method: 'POST', path: target.url, body: { parts: wanted }, signal }),
    async digest(part) {
      if (!prepared.digests) return undefined;
      part.sha256 ??= await sha256(await bytesOf(await prepared.part(part)));
      return part.sha256;
    },
    async put(part, to) {
      const body = await prepared.part(part);
      await put(connection, shipment, { target: to, body, size: part.size });
      prepared.release(part);
    },
  };
}

async function bytesOf(piece: Blob | Uint8Array<ArrayBuffer>): Promise<BufferSource> {
  return piece instanceof Blob ? piece.arrayBuffer() : piece;
}

/** When the upload is no longer open, completing it tells how it ended. */
async function lookUp(parts: readonly Part[], carrier: PartCarrier): Promise<void> {
  for (const part of parts) part.stored = false;
  if ((await syncParts(parts, carrier)) !== 'pending') for (const part of parts) part.stored = true;
}

/** The digest over the parts' digests, as Slipway tells it. */
async function checksumOf(parts: readonly Part[], partSize: number): Promise<string | undefined> {
  const digests = parts.map((part) => part.sha256 ?? '').join('');
  if (digests.length !== parts.length * 64) return undefined;
  const bytes = Uint8Array.from(digests.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return `sha256-parts:${partSize}:${await sha256(bytes)}`;
}

function isMissing(error: unknown): error is SlipwayError {
  return error instanceof SlipwayError && error.code === 'object_missing';
}

function isPassing(error: unknown): error is SlipwayError {
  if (!(error instanceof SlipwayError) || error.code === 'invalid_source') return false;
  return isTransient(error.status) || isDamage(error.code) || RENEWABLE.includes(error.status);
}

/** Frees what arrived. If this is not heard, the server finds out by itself. */
async function giveUp({ call }: UploadContext, { url }: UploadTarget): Promise<void> {
  await call({ method: 'DELETE', path: url, timeout: 5000, repeat: 'refused' }).catch(() => null);
}
