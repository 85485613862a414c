import type { Readable } from 'node:stream';
import type { HeldLock } from '@repo/foundation/locks';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { outcomeOf } from '../file/complete-upload.ts';
import { openAppending, recoverOffset } from './appending.ts';
import { type Capability, checkTusUrl } from './capability.ts';
import { finishIfWhole } from './finish.ts';
import { lockUpload } from './lock-upload.ts';
import { receive } from './receive.ts';
import { declareLength, makeRoom, mostBytes } from './room.ts';
import { isFinal, loadUpload, type TusUpload } from './upload.ts';
import type { ExpectedChecksum } from './upload-checksum.ts';

export interface AppendedBytes {
  body: Readable;
  /** What the request announces of its body; undefined when it does not. */
  contentLength: number | undefined;
  checksum: ExpectedChecksum | undefined;
  /** Milliseconds without a byte after which the sender is cut off. */
  idleMs?: number | undefined;
}

export interface AppendCall extends AppendedBytes {
  capability: Capability;
  offset: number;
  /** Of an upload that began without one. */
  length: number | undefined;
}

const IDLE_MS = 60_000;
/** For the request before, whose connection just broke, to write down what it has. */
const WAIT_MS = 3_000;

/**
 * Adds bytes to an upload, at its offset, and settles the file with the last one.
 *
 * @throws `offset_mismatch`, `upload_locked`, `upload_interrupted`, `checksum_mismatch`, …
 */
export async function appendToUpload(ctx: SlipwayContext, call: AppendCall): Promise<TusUpload> {
  checkTusUrl(ctx, call.capability);
  return appendBytes(ctx, { ...call, fileId: call.capability.fileId });
}

/** The same for whoever need not show that it may. */
export async function appendBytes(
  ctx: SlipwayContext,
  call: Omit<AppendCall, 'capability'> & { fileId: string },
): Promise<TusUpload> {
  const { fileId } = call;
  const interrupt = new AbortController();
  const wish = {
    fileId,
    waitMs: WAIT_MS,
    onReleaseRequested: () => interrupt.abort(interrupted()),
  };
  const upload = await lockUpload(ctx, wish, async (lock) => {
    const found = await loadUpload(ctx, fileId);
    await appendLocked(ctx, { ...call, upload: found, lock, interrupt: interrupt.signal });
    return found;
  });
  return { ...upload, row: await finishIfWhole(ctx, upload) };
}

async function appendLocked(
  ctx: SlipwayContext,
  call: Omit<AppendCall, 'capability'> & {
    upload: TusUpload;
    lock: HeldLock;
    interrupt: AbortSignal;
  },
): Promise<void> {
  const { upload, lock, checksum, contentLength } = call;
  if (isFinal(upload)) {
    throw slipwayError('forbidden', 'This upload is made of others; it takes no bytes itself.');
  }
  outcomeOf(upload.row);
  const open = upload.row.status === 'pending';
  if (open) await recoverOffset(ctx, upload);
  if (call.offset !== upload.tus.offset) throw offsetMismatch(upload, call.offset);
  if (call.length !== undefined) await declareLength(ctx, { upload, length: call.length });

  const limit = mostBytes(upload) - upload.tus.offset;
  if ((contentLength ?? 0) > limit) {
    throw slipwayError(
      'payload_too_large',
      `Expected at most ${limit} more bytes, the request announces ${contentLength}.`,
    );
  }
  if (!open) {
    if (contentLength === 0) return;
    throw slipwayError('upload_closed', `This upload is ${upload.row.status}; it takes no bytes.`);
  }
  const appending = await openAppending({
    ctx,
    upload,
    checked: checksum !== undefined,
    signal: lock.signal,
  });
  const before = upload.tus.offset;
  await receive(appending, {
    body: call.body,
    limit,
    checksum,
    idleMs: call.idleMs ?? IDLE_MS,
    signal: AbortSignal.any([lock.signal, call.interrupt]),
    makeRoom: (bytes) =>
      before + bytes <= upload.row.size
        ? undefined
        : makeRoom(ctx, { upload, bytes: before + bytes }),
  });
}

function offsetMismatch({ tus }: TusUpload, given: number) {
  return slipwayError(
    'offset_mismatch',
    `Expected bytes from ${tus.offset} on, received some from ${given} on.`,
    { details: { expected: tus.offset, received: given } },
  );
}

const interrupted = () =>
  slipwayError(
    'upload_interrupted',
    'Another request took this upload over; go on from its offset.',
    {
      retryAfter: 1,
    },
  );
