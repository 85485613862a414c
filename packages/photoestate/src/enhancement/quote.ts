import type { Context } from '../context.ts';
import { lockBalance } from '../credit/internal.ts';
import { isPaid, SCENE_CREDITS } from '../credit/scene-cost.ts';
import { requireListing } from '../listing/internal.ts';
import { settleLook } from './engine-options.ts';
import { EnhancementQuote, type Quote } from './schema.ts';
import { scenesToStart } from './start-listing.ts';

/** What enhancing a listing, or one scene of it, in a look would cost now. Starts nothing. */
export async function quoteEnhancement(ctx: Context, input: EnhancementQuote): Promise<Quote> {
  const { listingId, sceneId, ...wish } = EnhancementQuote.parse(input);
  const look = settleLook(wish);
  const { organizationId } = await requireListing(ctx, listingId, 'enhance.run');
  return ctx.db.transaction(async (tx) => {
    const { all, todo } = await scenesToStart(tx, listingId, look);
    const wanted = sceneId === undefined ? todo : all.filter((each) => each.sceneId === sceneId);
    let credits = 0;
    for (const { frames } of wanted) {
      if (frames.length === 0) continue;
      if (!(await isPaid(tx, { listingId, frames }))) credits += SCENE_CREDITS;
    }
    const { available } = await lockBalance(tx, ctx, organizationId);
    return { scenes: wanted.length, credits, available };
  });
}
