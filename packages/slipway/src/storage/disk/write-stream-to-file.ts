import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { arrivingChunks } from '../arriving-chunks.ts';
import { FILE_MODE } from './disk-paths.ts';
import { createFileSink } from './file-sink.ts';

export interface Written {
  /** Bytes that arrived. */
  size: number;
  /** Of those bytes, hex. */
  sha256: string;
}

/**
 * Writes a stream to a new file, hashing on the way, and returns when the bytes
 * are on the disk. Reading stops with the first byte beyond `limit`, and with
 * `upload_stalled` after `idleMs` without any byte.
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
    const sink = createFileSink(file);
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of arrivingChunks(body, { idleMs })) {
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
