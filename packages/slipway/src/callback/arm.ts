import type { Tx } from '@repo/foundation/db';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import type { FileRow } from '../file/table.ts';
import { requireKeys } from '../storage-connection/credentials.ts';
import { seal } from '../storage-connection/seal.ts';
import { deliverCallbackJob } from './jobs.ts';
import type { UploadCallback } from './schema.ts';
import { uploadCallback } from './table.ts';

/**
 * Writes down, with a file's row, whom to tell of its end.
 *
 * @throws `unavailable` when this installation has no keys to seal with.
 */
export async function armCallback(
  tx: Tx,
  ctx: SlipwayContext,
  { fileId, callback }: { fileId: string; callback: z.output<typeof UploadCallback> },
): Promise<void> {
  const { url, data, secret } = callback;
  await tx.insert(uploadCallback).values({
    fileId,
    url,
    data,
    secret: seal(requireKeys(ctx.buckets), { text: secret, boundTo: fileId }),
    createdAt: ctx.now(),
  });
}

/** In the transaction in which a file gets ready: no crash loses its callback. */
export async function releaseCallback(tx: Tx, ctx: SlipwayContext, row: FileRow): Promise<void> {
  if (!row.hasCallback) return;
  await tx
    .update(uploadCallback)
    .set({ state: 'pending', nextAttemptAt: ctx.now() })
    .where(eq(uploadCallback.fileId, row.id));
  await ctx.queue.enqueue(tx, deliverCallbackJob, { payload: { fileId: row.id } });
}
