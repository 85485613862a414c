import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { slipwayError } from '../../errors.ts';
import { FILE_MODE } from './disk-paths.ts';

/** Bytes gathered before they are written: fewer, larger writes. */
const BATCH = 1024 * 1024;
/** After so many bytes the disk is asked to catch up, while the next ones still arrive. */
const SYNC_EVERY = 32 * 1024 * 1024;

export interface Written {
  /** Bytes that arrived. */
  size: number;
  /** Of those bytes, hex. */
  sha256: string;
}

/**
 * Writes a stream to a new file, hashing on the way, and returns when the bytes
 * are on the disk. Three things overlap: reading the next batch, writing the
 * last one, and flushing those before; at most two batches are held in memory.
 * Reading stops with the first byte beyond `limit`, and with `upload_stalled` after
 * `idleMs` without any byte.
 *
 * The chunks are used up: their memory is given back as soon as they are written.
 */
export async function writeStreamToFile(
  body: Readable,
  path: string,
  { limit, idleMs }: { limit: number; idleMs: number },
): Promise<Written> {
  const file = await open(path, 'wx', FILE_MODE);
  try {
    const sink = createSink(file);
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of withoutStalls(body, idleMs)) {
      size += chunk.length;
      hash.update(chunk);
      await sink.add(chunk);
      if (size > limit) break;
    }
    await sink.end();
    return { size, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/**
 * The chunks of a stream, as long as one comes in time. Only waiting for the sender counts, not
 * writing to the disk. The stream is left as it is, because the answer still goes out beside it.
 */
async function* withoutStalls(body: Readable, idleMs: number): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = body.iterator({ destroyOnReturn: false });
  let giveUp: ((error: Error) => void) | undefined;
  const timer = setTimeout(() => giveUp?.(stalled(idleMs)), idleMs);
  try {
    for (;;) {
      timer.refresh();
      const next = await new Promise<IteratorResult<Buffer>>((resolve, reject) => {
        giveUp = reject;
        chunks.next().then(resolve, reject);
      });
      giveUp = undefined;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    clearTimeout(timer);
  }
}

function stalled(idleMs: number) {
  return slipwayError(
    'upload_stalled',
    `Expected more bytes, but none came for ${Math.round(idleMs / 1000)} seconds.`,
  );
}

function createSink(file: FileHandle) {
  let batch: Buffer[] = [];
  let batched = 0;
  let unsynced = 0;
  let writing: Promise<unknown> = Promise.resolve();
  let syncing: Promise<unknown> = Promise.resolve();

  async function flush(): Promise<void> {
    await writing;
    const chunks = batch;
    batch = [];
    unsynced += batched;
    batched = 0;
    writing = writeAll(file, chunks);
    // It is awaited with the next batch; until then a failure must not count as unhandled.
    writing.catch(() => undefined);
    if (unsynced >= SYNC_EVERY) {
      await syncing;
      unsynced = 0;
      syncing = writing.then(() => file.datasync());
      syncing.catch(() => undefined);
    }
  }

  return {
    async add(chunk: Buffer): Promise<void> {
      batch.push(chunk);
      batched += chunk.length;
      if (batched >= BATCH) await flush();
    },
    async end(): Promise<void> {
      await flush();
      await Promise.all([writing, syncing]);
      await file.sync();
    },
  };
}

async function writeAll(file: FileHandle, chunks: Buffer[]): Promise<void> {
  let rest = chunks;
  while (rest.length > 0) {
    let { bytesWritten } = await file.writev(rest);
    // A disk that is nearly full may take less than it was given.
    while (rest[0] !== undefined && bytesWritten >= rest[0].length) {
      bytesWritten -= rest[0].length;
      rest = rest.slice(1);
    }
    if (rest[0] !== undefined && bytesWritten > 0)
      rest = [rest[0].subarray(bytesWritten), ...rest.slice(1)];
  }
  chunks.forEach(giveBack);
}

/**
 * Frees a chunk's bytes at once. The collector sees only a small object and would let some 60 MiB
 * of them gather, then search the whole heap: once each 100 MiB, a third of an upload's CPU time.
 * Memory that others may look at, such as a part of Node's pool for small buffers, is left alone.
 */
function giveBack({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
