import type { SlipwayContext } from '../context.ts';
import { verifyFileJob } from './jobs.ts';

/** Reading and copying larger ones takes longer than a request should, and others should wait. */
const INLINE_BYTES = 64 * 1024 ** 2;

export const takesLong = ({ size }: { size: number }): boolean => size > INLINE_BYTES;

/** Has a file looked at by a job; by one, however often it is asked for. */
export async function verifyLater(ctx: SlipwayContext, { id }: { id: string }): Promise<void> {
  await ctx.queue.enqueue(ctx.db, verifyFileJob, { payload: { fileId: id }, key: id });
}
