import { and, eq, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { seal, unseal } from '../storage-connection/seal.ts';
import { uploadthingKey } from './table.ts';

/** Seals keys that an older key of ENCRYPTION_KEYS sealed with the newest one, so that the older one may go. */
export async function rewrapUploadthingKeys(ctx: SlipwayContext): Promise<void> {
  const { keys } = ctx.buckets;
  if (keys === null) return;
  const [newest] = keys;
  const rows = await ctx.db
    .select()
    .from(uploadthingKey)
    .where(sql`split_part(${uploadthingKey.secret}, '.', 2) <> ${newest.id}`);
  for (const { id, secret } of rows) {
    try {
      const text = unseal(keys, { sealed: secret, boundTo: id });
      await ctx.db
        .update(uploadthingKey)
        .set({ secret: seal(keys, { text, boundTo: id }) })
        .where(and(eq(uploadthingKey.id, id), eq(uploadthingKey.secret, secret)));
    } catch (error) {
      ctx.log.error({ err: error, keyId: id }, 'an UploadThing key could not be sealed anew');
    }
  }
}
