import {
  getOutboxMail,
  ListOutbox,
  listOutbox,
  OutboxMail,
  retryMail,
} from '@repo/foundation/outbox';
import { procedure, router } from '../trpc.ts';

export const outboxRouter = router({
  list: procedure.input(ListOutbox).query(({ ctx, input }) => listOutbox(ctx, input)),
  get: procedure.input(OutboxMail).query(({ ctx, input }) => getOutboxMail(ctx, input)),
  retry: procedure.input(OutboxMail).mutation(({ ctx, input }) => retryMail(ctx, input)),
});
