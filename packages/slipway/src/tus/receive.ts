import type { Readable } from 'node:stream';
import { slipwayError } from '../errors.ts';
import { arrivingChunks } from '../storage/arriving-chunks.ts';
import { hasCode } from '../storage/disk/disk-paths.ts';
import type { Appending } from './appending.ts';
import type { ExpectedChecksum } from './upload-checksum.ts';

export interface Receiving {
  body: Readable;
  /** Bytes that may still come. */
  limit: number;
  checksum: ExpectedChecksum | undefined;
  idleMs: number;
  /** Aborts when the sender is to be cut off. */
  signal: AbortSignal;
  /** Called before bytes are taken, with how many there are then. */
  makeRoom(bytes: number): Promise<void>;
}

/**
 * Takes a request's bytes. What came before a connection broke, fell silent or was told to stop is
 * kept; with a checksum it is all or nothing. Whatever goes wrong on our own side keeps what was
 * marked as there, and nothing more.
 */
export async function receive(appending: Appending, input: Receiving): Promise<void> {
  let cut: { reason: unknown } | undefined;
  /** Ends as well when the sender does not: only that is no failure of ours. */
  async function* sent(): AsyncGenerator<Buffer> {
    try {
      yield* arrivingChunks(input.body, input);
    } catch (reason) {
      cut = { reason };
    }
  }

  try {
    let bytes = 0;
    for await (const chunk of sent()) {
      bytes += chunk.length;
      if (bytes > input.limit) throw tooLong(input.limit);
      await input.makeRoom(bytes);
      input.checksum?.hash.update(chunk);
      await appending.add(chunk);
    }
    if (input.checksum !== undefined) {
      if (cut !== undefined) throw explained(cut.reason);
      input.checksum.verify();
    }
  } catch (error) {
    await appending.abandon();
    throw storageProblem(error);
  }
  await appending.commit().catch((error: unknown) => {
    throw storageProblem(error);
  });
  if (cut !== undefined) throw explained(cut.reason);
}

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
