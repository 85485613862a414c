import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClamdAddress } from './clamd-address.ts';
import { parseScanAnswer, unexpectedAnswer, type Verdict } from './clamd-answer.ts';
import { askClamd, type ClamdTimeouts, lineFailure } from './clamd-line.ts';
import { ScannerError } from './scanner-error.ts';
import { createSlots } from './slots.ts';

export interface ClamdOptions {
  address: ClamdAddress;
  timeouts?: Partial<ClamdTimeouts>;
  /** Scans at once; further ones wait. clamd's own `MaxThreads` is 10. */
  atOnce?: number;
  /** More than clamd is set to look at: its answer about them would mean nothing. */
  maxBytes?: number;
}

/** A verdict, and the very bytes that it is about. */
export type Scanned = Verdict & { sha256: string; bytes: number };

export interface Clamd {
  readonly maxBytes: number;
  /**
   * Opens the bytes when it is their turn, and sends them on as fast as clamd takes them.
   *
   * @throws `ScannerError` when there is no verdict; what reading the bytes throws passes through.
   */
  scan(open: () => Promise<Readable>): Promise<Scanned>;
  /** Program and signature database: `ClamAV 1.4.6/27812/Sun Nov 22 08:33:12 2026`. */
  version(): Promise<string>;
  /** @throws `ScannerError` when clamd does not answer as it should. */
  ping(): Promise<void>;
}

/** clamd's own defaults: `MaxFileSize` 100 MB, `MaxScanTime` two minutes. */
const MAX_BYTES = 100 * 1024 * 1024;
const TIMEOUTS: ClamdTimeouts = { connectMs: 3_000, idleMs: 150_000, totalMs: 600_000 };
/** Questions that need no thought. */
const QUICK: ClamdTimeouts = { connectMs: 2_000, idleMs: 2_000, totalMs: 2_000 };
const AT_ONCE = 4;
/** Those hold nothing yet but their place. */
const WAITING = 1_000;

/** Speaks clamd's protocol: INSTREAM, VERSION, PING. */
export function createClamd(options: ClamdOptions): Clamd {
  const { address, maxBytes = MAX_BYTES } = options;
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  const inSlot = createSlots({ atOnce: options.atOnce ?? AT_ONCE, waiting: WAITING });
  const ask = <T>(command: string, read: (answer: string) => T): Promise<T> =>
    askClamd(
      { address, timeouts: { ...QUICK, ...options.timeouts } },
      { send: async (socket) => void socket.write(command), read },
    );

  return {
    maxBytes,
    scan: (open) =>
      inSlot(async () => {
        const digest = createDigest(maxBytes);
        const verdict = await askClamd(
          { address, timeouts },
          { send: (socket) => sendStream(socket, open, digest.add), read: parseScanAnswer },
        );
        return { ...verdict, ...digest.end() };
      }),
    version: () =>
      ask('zVERSION\0', (answer) => {
        if (!/^ClamAV \d/.test(answer)) throw unexpectedAnswer('its version', answer);
        return answer;
      }),
    ping: () =>
      ask('zPING\0', (answer) => {
        if (answer !== 'PONG') throw unexpectedAnswer('PONG', answer);
      }),
  };
}

/** Of what is sent, while it is sent. */
function createDigest(maxBytes: number) {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    add(chunk: Buffer): void {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        throw new ScannerError('too_large', `clamd is asked about ${maxBytes} bytes at most.`);
      }
      hash.update(chunk);
    },
    end: () => ({ sha256: hash.digest('hex'), bytes }),
  };
}

async function sendStream(
  socket: Socket,
  open: () => Promise<Readable>,
  note: (chunk: Buffer) => void,
): Promise<void> {
  const source = await openFor(socket, open);
  // Whichever fails first takes the other one along.
  let broken: Error | undefined;
  source.once('error', (error) => {
    if (socket.errored === null) broken = error;
  });
  try {
    await pipeline(source, (chunks: AsyncIterable<Buffer>) => frames(chunks, note), socket, {
      end: false,
    });
  } catch (error) {
    if (error instanceof ScannerError) throw error;
    throw broken ?? lineFailure(socket, socket.errored ?? error);
  }
}

/** The stream, unless the socket fails first; then it is closed as soon as it is there. */
async function openFor(socket: Socket, open: () => Promise<Readable>): Promise<Readable> {
  const opening = open();
  const { promise: failed, reject } = Promise.withResolvers<never>();
  socket.once('error', reject);
  try {
    return await Promise.race([opening, failed]);
  } catch (error) {
    opening.then(
      (late) => late.destroy(),
      () => undefined,
    );
    throw error;
  } finally {
    socket.off('error', reject);
  }
}

/** The command, each chunk behind its length, and an empty one at the end. */
async function* frames(
  chunks: AsyncIterable<Buffer>,
  note: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  yield Buffer.from('zINSTREAM\0');
  for await (const chunk of chunks) {
    // An empty chunk would end the stream.
    if (chunk.length === 0) continue;
    note(chunk);
    yield lengthOf(chunk.length);
    yield chunk;
  }
  yield lengthOf(0);
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(bytes);
  return length;
}
