import type { Tx } from '@repo/foundation/db';
import { eq } from 'drizzle-orm';
import { enqueueCallback } from '../callback/jobs.ts';
import { uploadCallback } from '../callback/table.ts';
import type { SlipwayContext } from '../context.ts';
import type { FileRow } from '../file/table.ts';
import { uploadthingFile } from './table.ts';

const HOOK_OF = {
  ready: 'callback',
  rejected: 'error',
  failed: 'error',
  expired: 'error',
} as const;

const isEnd = (status: string): status is keyof typeof HOOK_OF => status in HOOK_OF;

/**
 * In the transaction in which an upload ends: its callback is written down, so that no crash loses it.
 * One that was ready is told of as that, whatever becomes of it.
 */
export async function announceEnd(tx: Tx, ctx: SlipwayContext, row: FileRow): Promise<void> {
  if (row.uploadKind !== 'tus' || row.route === null || !isEnd(row.status)) return;
  const [upload] = await tx
    .select({ slug: uploadthingFile.slug })
    .from(uploadthingFile)
    .where(eq(uploadthingFile.fileId, row.id));
  if (upload === undefined || upload.slug === null) return;
  const at = ctx.now();
  const added = await tx
    .insert(uploadCallback)
    .values({
      ...{ fileId: row.id, wire: 'uploadthing', hook: HOOK_OF[row.status] },
      ...{ state: 'pending', nextAttemptAt: at, createdAt: at },
    })
    .onConflictDoNothing()
    .returning({ fileId: uploadCallback.fileId });
  if (added.length === 0) return;
  await enqueueCallback(tx, ctx, { fileId: row.id, projectId: row.projectId });
}
