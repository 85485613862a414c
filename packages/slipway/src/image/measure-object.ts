import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { withWorkDir } from '@repo/foundation/work-dir';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { chunksOf } from '../file/read-object.ts';
import type { Storage } from '../storage/storage.ts';

/** Larger pictures are not brought here to be measured. */
const MAX_BYTES = 256 * 1024 ** 2;

/**
 * How many pixels a stored picture has, upright: told by a decoder process, never in ours.
 *
 * @throws `image_unsupported`, `image_damaged`, `image_too_large`, `image_too_costly`, `unavailable`.
 */
export async function measureObject(
  ctx: SlipwayContext,
  { storage, key, size }: { storage: Storage; key: string; size: number },
): Promise<{ width: number; height: number }> {
  if (size > MAX_BYTES) {
    throw slipwayError(
      'image_too_large',
      `Expected a picture of up to ${MAX_BYTES / 1024 ** 2} MiB; this one has ${Math.ceil(size / 1024 ** 2)}.`,
    );
  }
  return withWorkDir(ctx.images.workDir, key.replace('/', '-'), async (dir) => {
    const path = join(dir, 'original');
    await pipeline(chunksOf(storage, { key, size }), createWriteStream(path, { mode: 0o600 }));
    return ctx.images.processor.measure(path);
  });
}
