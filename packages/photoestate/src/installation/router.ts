import {
  getOutboxMail,
  ListOutbox,
  listOutbox,
  OutboxMail,
  retryMail,
} from '@repo/foundation/outbox';
import { procedure, router } from '../trpc.ts';
import { giveCredits } from './give-credits.ts';
import { listCreditHolders } from './list-holders.ts';
import { GiveCredits, ListCreditHolders } from './schema.ts';

/** What is about the whole installation; for others than its admins there is nothing here. */
export const installationRouter = router({
  creditHolders: procedure
    .input(ListCreditHolders)
    .query(({ ctx, input }) => listCreditHolders(ctx, input)),
  giveCredits: procedure.input(GiveCredits).mutation(({ ctx, input }) => giveCredits(ctx, input)),
});

export const outboxRouter = router({
  list: procedure.input(ListOutbox).query(({ ctx, input }) => listOutbox(ctx, input)),
  get: procedure.input(OutboxMail).query(({ ctx, input }) => getOutboxMail(ctx, input)),
  retry: procedure.input(OutboxMail).mutation(({ ctx, input }) => retryMail(ctx, input)),
});
