import { and, eq, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { seal, unseal } from './seal.ts';
import { storageConnection } from './table.ts';

/**
 * Seals credentials that an older key sealed with the newest one, so that the older key may go. Returns
 * how many that were, and logs those that no key opens any more.
 */
export async function rewrapCredentials(ctx: SlipwayContext): Promise<number> {
  const { keys } = ctx.buckets;
  if (keys === null) return 0;
  const [newest] = keys;
  const rows = await ctx.db
    .select()
    .from(storageConnection)
    .where(sql`split_part(${storageConnection.credentials}, '.', 2) <> ${newest.id}`);
  let rewrapped = 0;
  for (const { id, credentials } of rows) {
    try {
      const text = unseal(keys, { sealed: credentials, boundTo: id });
      const fresh = seal(keys, { text, boundTo: id });
      const changed = await ctx.db
        .update(storageConnection)
        .set({ credentials: fresh })
        // Unless somebody replaced them meanwhile.
        .where(and(eq(storageConnection.id, id), eq(storageConnection.credentials, credentials)))
        .returning({ id: storageConnection.id });
      rewrapped += changed.length;
    } catch (error) {
      ctx.log.error({ err: error, storageId: id }, 'credentials could not be sealed anew');
    }
  }
  if (rewrapped > 0) ctx.log.info({ rewrapped, key: newest.id }, 'credentials were sealed anew');
  return rewrapped;
}
