import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import type { BaseContext } from '../context/index.ts';
import type { Tx } from '../db/index.ts';
import { requireUser } from '../organization/require-member.ts';
import { profile } from './table.ts';

/** What a product does with the file of a picture that nobody shows any more, in the same transaction. */
type Discard = (tx: Tx, fileId: string) => Promise<unknown>;

interface Change {
  /** Null for their initials. */
  fileId: string | null;
  discard: Discard;
}

/** Shows this picture of the signed-in user, or their initials; the one before is discarded. */
export async function setPicture(tx: Tx, ctx: BaseContext, change: Change): Promise<void> {
  const userId = requireUser(ctx);
  await tx.insert(profile).values({ userId }).onConflictDoNothing();
  const [row] = await tx.select().from(profile).where(eq(profile.userId, userId)).for('update');
  const before = row?.pictureFileId ?? null;
  const { fileId, discard } = change;
  if (before === fileId) return;
  await tx
    .update(profile)
    .set({ pictureFileId: fileId, updatedAt: ctx.now() })
    .where(eq(profile.userId, userId));
  if (before !== null) await discard(tx, before);
  await recordAudit(tx, ctx, {
    organizationId: null,
    action: fileId === null ? 'user.picture_removed' : 'user.picture_changed',
    entityId: userId,
  });
}
