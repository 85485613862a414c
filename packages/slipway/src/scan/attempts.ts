import { eq, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { scanAttempt } from './table.ts';

/** Half a day, all waits together. */
const MAX_ATTEMPTS = 18;
const LONGEST_WAIT_MINUTES = 60;

/**
 * Counts a scan that went wrong though the scanner was there, puts the next one off (1, 2, 4 … 60
 * minutes) and says whether there shall be one.
 */
export async function noteFailedScan(
  ctx: SlipwayContext,
  { fileId }: { fileId: string },
): Promise<{ givenUp: boolean }> {
  const now = ctx.now();
  const wait = sql`least(${LONGEST_WAIT_MINUTES}, power(2, ${scanAttempt.attempts})) * interval '1 minute'`;
  const [row] = await ctx.db
    .insert(scanAttempt)
    .values({ fileId, attempts: 1, nextAt: new Date(now.getTime() + 60_000) })
    .onConflictDoUpdate({
      target: scanAttempt.fileId,
      set: {
        attempts: sql`${scanAttempt.attempts} + 1`,
        nextAt: sql`${now.toISOString()}::timestamptz + ${wait}`,
      },
    })
    .returning({ attempts: scanAttempt.attempts });
  return { givenUp: row !== undefined && row.attempts >= MAX_ATTEMPTS };
}

export async function forgetFailedScans(
  ctx: SlipwayContext,
  { fileId }: { fileId: string },
): Promise<void> {
  await ctx.db.delete(scanAttempt).where(eq(scanAttempt.fileId, fileId));
}
