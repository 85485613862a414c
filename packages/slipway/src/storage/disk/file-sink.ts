import type { FileHandle } from 'node:fs/promises';
import type { Sink } from '../storage.ts';

/** Bytes gathered before they are written: fewer, larger writes. */
const BATCH = 1024 * 1024;
/** After so many bytes the disk is asked to catch up, while the next ones still arrive. */
const SYNC_EVERY = 32 * 1024 * 1024;

/**
 * Writes chunks to a file, from a position on. Three things overlap: taking the next batch, writing
 * the last one, and flushing those before; at most two batches are held in memory.
 */
export function createFileSink(
  file: FileHandle,
  options: {
    position?: number;
    /** Told now and then up to which position everything is on the disk. */
    onDurable?: (position: number) => Promise<void>;
  } = {},
): Sink {
  let batch: Buffer[] = [];
  let batched = 0;
  let unsynced = 0;
  let position = options.position ?? 0;
  let writing: Promise<unknown> = Promise.resolve();
  let syncing: Promise<unknown> = Promise.resolve();

  async function flush(): Promise<void> {
    await writing;
    const chunks = batch;
    writing = writeAll(file, chunks, position);
    // It is awaited with the next batch; until then a failure must not count as unhandled.
    writing.catch(() => undefined);
    batch = [];
    unsynced += batched;
    position += batched;
    batched = 0;
    if (unsynced >= SYNC_EVERY) {
      await syncing;
      unsynced = 0;
      syncing = sync(writing, position);
      syncing.catch(() => undefined);
    }
  }

  async function sync(written: Promise<unknown>, upTo: number): Promise<void> {
    await written;
    await file.datasync();
    await options.onDurable?.(upTo);
  }

  return {
    async add(chunk) {
      batch.push(chunk);
      batched += chunk.length;
      if (batched >= BATCH) await flush();
    },
    async end() {
      await flush();
      await Promise.all([writing, syncing]);
      await file.sync();
    },
    async rest() {
      await Promise.allSettled([writing, syncing]);
    },
  };
}

async function writeAll(file: FileHandle, chunks: Buffer[], position: number): Promise<void> {
  let at = position;
  let rest = chunks;
  while (rest.length > 0) {
    let { bytesWritten } = await file.writev(rest, at);
    at += bytesWritten;
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
