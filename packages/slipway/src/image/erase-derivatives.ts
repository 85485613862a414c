import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { type Derivative, derivative } from './table.ts';

/** Everything that was made from a file goes with it; also safe to call when it is to be made anew. */
export async function eraseDerivatives(ctx: SlipwayContext, fileId: string): Promise<void> {
  const rows = await ctx.db.select().from(derivative).where(eq(derivative.fileId, fileId));
  for (const row of rows) await eraseDerivative(ctx, row);
}

/** The object first: as long as the row is there somebody knows of it. */
export async function eraseDerivative(
  ctx: SlipwayContext,
  { key, storageId }: Derivative,
): Promise<void> {
  await (await ctx.storages.of(storageId)).delete(key);
  await ctx.db.delete(derivative).where(eq(derivative.key, key));
}
