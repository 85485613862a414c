import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { requireUser } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { discardFilesJob } from '../work/jobs.ts';
import { profile } from './table.ts';

/** Shows this picture of the signed-in user, or their initials; the one before is removed. */
export async function setPicture(ctx: Context, fileId: string | null): Promise<void> {
  const userId = requireUser(ctx);
  await ctx.db.transaction(async (tx) => {
    const before = await replacePicture(tx, ctx, { userId, fileId });
    if (before === fileId) return;
    await recordAudit(tx, ctx, {
      organizationId: null,
      action: fileId === null ? 'user.picture_removed' : 'user.picture_changed',
      entityId: userId,
    });
  });
}

/** What it was before. */
async function replacePicture(
  tx: Tx,
  ctx: Context,
  { userId, fileId }: { userId: string; fileId: string | null },
): Promise<string | null> {
  await tx.insert(profile).values({ userId }).onConflictDoNothing();
  const [row] = await tx.select().from(profile).where(eq(profile.userId, userId)).for('update');
  const before = row?.pictureFileId ?? null;
  if (before === fileId) return before;
  await tx
    .update(profile)
    .set({ pictureFileId: fileId, updatedAt: ctx.now() })
    .where(eq(profile.userId, userId));
  if (before !== null)
    await ctx.queue.enqueue(tx, discardFilesJob, { payload: { fileIds: [before] } });
  return before;
}

/** With the account. */
export async function endPicture(tx: Tx, ctx: Context, userId: string): Promise<void> {
  await replacePicture(tx, ctx, { userId, fileId: null });
}
