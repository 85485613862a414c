import type { Context } from '../context.ts';
import { lockBalance } from '../credit/internal.ts';
import { isPaid, SCENE_CREDITS } from '../credit/scene-cost.ts';
import { requireListing } from '../listing/internal.ts';
import { scenesToStart } from './scenes-to-start.ts';
import { EnhancementQuote, type Quote } from './schema.ts';

/** What enhancing a listing, a selection or one scene of it in a look would cost now. Starts nothing. */
export async function quoteEnhancement(ctx: Context, input: EnhancementQuote): Promise<Quote> {
  const { sceneId, ...wish } = EnhancementQuote.parse(input);
  const { listingId } = wish;
  const { organizationId } = await requireListing(ctx, listingId, 'enhance.run');
  return ctx.db.transaction(async (tx) => {
    // One scene alone is made as it is asked for, again, too.
    const alone = sceneId === undefined ? {} : { sceneIds: [sceneId], ownSettings: false };
    const { all, todo } = await scenesToStart(tx, { ...wish, ...alone });
    const wanted = sceneId === undefined ? todo : all;
    let credits = 0;
    for (const { frames } of wanted) {
      if (frames.length === 0) continue;
      if (!(await isPaid(tx, { listingId, frames }))) credits += SCENE_CREDITS;
    }
    const { available } = await lockBalance(tx, ctx, organizationId);
    const own = wanted.filter((each) => each.own).length;
    return {
      ...{ scenes: wanted.length, finished: all.length - wanted.length, own },
      ...{ credits, available },
    };
  });
}
