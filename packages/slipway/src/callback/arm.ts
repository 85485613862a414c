import type { Tx } from '@repo/foundation/db';
import { seal } from '@repo/foundation/sealing';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import type { FileRow } from '../file/table.ts';
import { requireKeys } from '../storage-connection/credentials.ts';
import { enqueueCallback } from './jobs.ts';
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

/**
 * In the transaction in which a file gets ready, or ends otherwise: no crash loses its callback, and none
 * waits for ever.
 */
export async function releaseCallback(tx: Tx, ctx: SlipwayContext, row: FileRow): Promise<void> {
  if (!row.hasCallback || row.status === 'pending' || row.status === 'verifying') return;
  const set =
    row.status === 'ready'
      ? { state: 'pending' as const, nextAttemptAt: ctx.now() }
      : {
          ...{ state: 'failed' as const, lastError: `The file is ${row.status}.` },
          ...{ secret: null, finishedAt: ctx.now() },
        };
  const released = await tx
    .update(uploadCallback)
    .set(set)
    .where(and(eq(uploadCallback.fileId, row.id), eq(uploadCallback.state, 'waiting')))
    .returning({ state: uploadCallback.state });
  if (released[0]?.state !== 'pending') return;
  await enqueueCallback(tx, ctx, { fileId: row.id, projectId: row.projectId });
}
