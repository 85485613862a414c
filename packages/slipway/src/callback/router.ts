import { procedure, router } from '../trpc.ts';
import { getCallbackDetail, listCallbacks } from './log.ts';
import { CallbackRef, ListCallbacks } from './log-schema.ts';
import { resendCallback } from './resend.ts';

export const callbackRouter = router({
  list: procedure.input(ListCallbacks).query(({ ctx, input }) => listCallbacks(ctx, input)),
  get: procedure.input(CallbackRef).query(({ ctx, input }) => getCallbackDetail(ctx, input)),
  resend: procedure.input(CallbackRef).mutation(({ ctx, input }) => resendCallback(ctx, input)),
});
