import { EnhancementRef } from '../enhancement/schema.ts';
import { procedure, router } from '../trpc.ts';
import { acceptReview } from './accept.ts';
import { adjustReview } from './adjust.ts';
import { listReviews } from './list.ts';
import { rejectReview } from './reject.ts';
import { AdjustReview, ListReviews, RejectReview } from './schema.ts';

export const reviewRouter = router({
  list: procedure.input(ListReviews).query(({ ctx, input }) => listReviews(ctx, input)),
  accept: procedure.input(EnhancementRef).mutation(({ ctx, input }) => acceptReview(ctx, input)),
  adjust: procedure.input(AdjustReview).mutation(({ ctx, input }) => adjustReview(ctx, input)),
  reject: procedure.input(RejectReview).mutation(({ ctx, input }) => rejectReview(ctx, input)),
});
