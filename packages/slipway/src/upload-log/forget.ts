import { lt } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { uploadLog } from './table.ts';

const KEPT_MS = 30 * 86_400_000;

/** What happened longer ago nobody looks into any more. */
export async function forgetUploads(ctx: SlipwayContext): Promise<void> {
  await ctx.db
    .delete(uploadLog)
    .where(lt(uploadLog.createdAt, new Date(ctx.now().getTime() - KEPT_MS)));
}
