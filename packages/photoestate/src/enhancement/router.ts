import { procedure, router } from '../trpc.ts';
import { cancelEnhancement } from './cancel.ts';
import { getEnhancement } from './get.ts';
import { listEnhancements } from './list.ts';
import { PRESETS } from './presets.ts';
import { quoteEnhancement } from './quote.ts';
import { restoreEnhancement } from './restore.ts';
import { retryEnhancement } from './retry.ts';
import {
  EnhancementQuote,
  EnhancementRef,
  SceneEnhancements,
  StartEnhancement,
  StartListing,
} from './schema.ts';
import { enhanceScene } from './start.ts';
import { enhanceListing } from './start-listing.ts';

export const enhancementRouter = router({
  presets: procedure.query(() => PRESETS),
  controls: procedure.query(async () => (await import('./controls.ts')).controls()),
  get: procedure.input(EnhancementRef).query(({ ctx, input }) => getEnhancement(ctx, input)),
  listForScene: procedure
    .input(SceneEnhancements)
    .query(({ ctx, input }) => listEnhancements(ctx, input)),
  quote: procedure.input(EnhancementQuote).query(({ ctx, input }) => quoteEnhancement(ctx, input)),
  start: procedure.input(StartEnhancement).mutation(({ ctx, input }) => enhanceScene(ctx, input)),
  startListing: procedure
    .input(StartListing)
    .mutation(({ ctx, input }) => enhanceListing(ctx, input)),
  retry: procedure.input(EnhancementRef).mutation(({ ctx, input }) => retryEnhancement(ctx, input)),
  restore: procedure
    .input(EnhancementRef)
    .mutation(({ ctx, input }) => restoreEnhancement(ctx, input)),
  cancel: procedure
    .input(EnhancementRef)
    .mutation(({ ctx, input }) => cancelEnhancement(ctx, input)),
});
