import { lt } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { editReceipt } from './table.ts';

/** Pages give up what they could not send for longer than this. */
const KEEP_MS = 30 * 24 * 3_600_000;

/** Handler of `edit.prune`. */
export async function pruneEdits(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - KEEP_MS);
  await ctx.db.delete(editReceipt).where(lt(editReceipt.createdAt, before));
}
