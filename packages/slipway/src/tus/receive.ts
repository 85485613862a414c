import type { Readable } from 'node:stream';
import { AppError } from '@repo/foundation/errors';
import { slipwayError } from '../errors.ts';
import { arrivingChunks } from '../storage/arriving-chunks.ts';
import { hasCode } from '../storage/disk/disk-paths.ts';
import type { Appending } from './appending.ts';
import type { ExpectedChecksum } from './upload-checksum.ts';

/** Bytes that a sender brings while it is waited for as long as it may fall silent. */
const FEWEST = 16 * 1024;

export interface Receiving {
  body: Readable;
  /** Bytes that may still come. */
  limit: number;
  checksum: ExpectedChecksum | undefined;
  idleMs: number;
  /** Aborts when the sender is to be cut off. */
  signal: AbortSignal;
  /** Called before bytes are taken, with how many there are then. */
  makeRoom(bytes: number): Promise<void> | undefined;
}

/**
 * Takes a request's bytes. What came before a connection broke, fell silent or was told to stop is
 * kept; with a checksum it is all or nothing. Whatever goes wrong on our own side keeps what was
 * marked as there, and nothing more.
 */
export async function receive(appending: Appending, input: Receiving): Promise<void> {
  const { checksum } = input;
  let cut: { reason: unknown } | undefined;
  try {
    cut = await takeAll(appending, input);
    if (checksum !== undefined) {
      if (cut !== undefined) throw explained(cut.reason);
      checksum.verify();
    }
  } catch (error) {
    // What goes wrong here must not hide what went wrong first.
    await appending.abandon().catch(() => undefined);
    throw storageProblem(error);
  }
  await appending.commit().catch((error: unknown) => {
    throw storageProblem(error);
  });
  if (cut !== undefined) throw explained(cut.reason);
}

/** Returns why the sender ended too early, if so; throws what went wrong on our own side. */
async function takeAll(
  appending: Appending,
  { body, idleMs, signal, limit, checksum, makeRoom }: Receiving,
): Promise<{ reason: unknown } | undefined> {
  const chunks = arrivingChunks(body, { idleMs, signal });
  const isTooSlow = watchPace(idleMs);
  let bytes = 0;
  try {
    for (;;) {
      let next: IteratorResult<Buffer>;
      const asked = performance.now();
      try {
        next = await chunks.next();
      } catch (reason) {
        return { reason };
      }
      if (next.done === true) return undefined;
      const chunk = next.value;
      const pace = { bytes: chunk.length, ms: performance.now() - asked };
      bytes += chunk.length;
      if (bytes > limit) throw tooLong(limit);
      await makeRoom(bytes);
      checksum?.hash.update(chunk);
      try {
        await appending.add(chunk);
      } catch (reason) {
        // No memory for more: what there is is kept.
        if (reason instanceof AppError && reason.code === 'unavailable') return { reason };
        throw reason;
      }
      if (isTooSlow(pace)) return { reason: tooSlow() };
    }
  } finally {
    await chunks.return(undefined);
  }
}

/** Whoever sends a byte now and then holds what others need. Only waiting for the sender counts. */
function watchPace(everyMs: number) {
  let waited = 0;
  let brought = 0;
  return ({ bytes, ms }: { bytes: number; ms: number }): boolean => {
    waited += ms;
    brought += bytes;
    if (waited < everyMs) return false;
    const few = brought < FEWEST;
    waited = 0;
    brought = 0;
    return few;
  };
}

const tooSlow = () =>
  slipwayError(
    'upload_stalled',
    'Expected more bytes; they come too slowly. Go on from the offset.',
  );

const tooLong = (limit: number) =>
  slipwayError('payload_too_large', `Expected at most ${limit} more bytes, received more.`);

function explained(reason: unknown): unknown {
  if (!hasCode(reason, 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET')) return reason;
  return slipwayError('size_mismatch', 'The connection ended before all bytes were here.', {
    cause: reason,
  });
}

function storageProblem(error: unknown): unknown {
  if (!hasCode(error, 'ENOSPC', 'EDQUOT')) return error;
  return slipwayError('storage_full', 'The storage has no room for this file.', { cause: error });
}
