import { procedure, router } from '../trpc.ts';
import { createDelivery } from './create.ts';
import { listDeliveredToMe } from './delivered-to-me.ts';
import { listDeliveries } from './list.ts';
import { answerComment, moderateComment } from './moderate.ts';
import { openRequests } from './requests.ts';
import { renewLink, revokeDelivery } from './revoke.ts';
import {
  AnswerComment,
  CreateDelivery,
  DeliveryRef,
  ListDeliveries,
  ModerateComment,
  UpdateDelivery,
  VisitorRef,
} from './schema.ts';
import { sendDelivery } from './send.ts';
import { SIZES } from './sizes.ts';
import { updateDelivery } from './update.ts';
import { visitorFavourites } from './visitor-favourites.ts';

export const deliveryRouter = router({
  sizes: procedure.query(() => SIZES),
  mine: procedure.query(({ ctx }) => listDeliveredToMe(ctx)),
  list: procedure.input(ListDeliveries).query(({ ctx, input }) => listDeliveries(ctx, input)),
  favourites: procedure.input(VisitorRef).query(({ ctx, input }) => visitorFavourites(ctx, input)),
  requests: procedure.input(ListDeliveries).query(({ ctx, input }) => openRequests(ctx, input)),
  create: procedure.input(CreateDelivery).mutation(({ ctx, input }) => createDelivery(ctx, input)),
  update: procedure.input(UpdateDelivery).mutation(({ ctx, input }) => updateDelivery(ctx, input)),
  send: procedure.input(DeliveryRef).mutation(({ ctx, input }) => sendDelivery(ctx, input)),
  renewLink: procedure.input(DeliveryRef).mutation(({ ctx, input }) => renewLink(ctx, input)),
  answer: procedure.input(AnswerComment).mutation(({ ctx, input }) => answerComment(ctx, input)),
  moderate: procedure
    .input(ModerateComment)
    .mutation(({ ctx, input }) => moderateComment(ctx, input)),
  revoke: procedure.input(DeliveryRef).mutation(({ ctx, input }) => revokeDelivery(ctx, input)),
});
