import { pipeline, type Readable } from 'node:stream';
import type { SlipwayContext } from '../context.ts';
import type { FileRow } from '../file/table.ts';
import { scrubFileJob } from '../reconcile/jobs.ts';
import type { ByteRange } from '../storage/storage.ts';
import { verifiedStream } from './verified-stream.ts';

/**
 * A file's bytes, or null when they are not there. Whole, they are compared with their digest on the
 * way: what rotted is not served whole, and the file is looked at, and fails.
 */
export async function openFile(
  ctx: SlipwayContext,
  { row, range }: { row: FileRow; range: ByteRange | undefined },
): Promise<Readable | null> {
  const { id: fileId, key, sha256 } = row;
  const storage = await ctx.storages.of(row.storageId);
  const stream = await storage.read(key, range);
  if (stream === null || range !== undefined || sha256 === null) return stream;
  const check = verifiedStream(sha256, () => {
    ctx.log.error({ fileId, key }, 'serving found damaged bytes');
    ctx.queue.enqueue(ctx.db, scrubFileJob, { payload: { fileId } }).catch((error: unknown) => {
      ctx.log.error({ err: error, fileId }, 'a damaged file could not be looked at');
    });
  });
  // Whichever ends first ends the other; what went wrong shows in the broken connection.
  pipeline(stream, check, () => undefined);
  return check;
}
