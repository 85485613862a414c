import type { HeldLock } from '@repo/foundation/locks';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';

export interface LockWish {
  fileId: string;
  waitMs: number;
  /** Interrupt whoever sends to it now. */
  ask?: boolean;
  onReleaseRequested?: () => void;
}

/**
 * One request at a time goes on with an upload, of all processes.
 *
 * @throws `upload_locked`.
 */
export async function lockUpload<T>(
  ctx: SlipwayContext,
  { fileId, ...wish }: LockWish,
  work: (lock: HeldLock) => Promise<T>,
): Promise<T> {
  const lock = await ctx.locks.acquire(`tus:${fileId}`, wish);
  if (lock === null) {
    throw slipwayError('upload_locked', 'Another request is sending to this upload.', {
      retryAfter: 1,
    });
  }
  try {
    return await work(lock);
  } finally {
    await lock.release();
  }
}
