import { procedure, router } from '../trpc.ts';
import { exportCreditEntries, listCreditEntries } from './entries.ts';
import { getCredits } from './get.ts';
import { CreditsOf, CreditUsageOf, ListCreditEntries } from './schema.ts';
import { getCreditUsage } from './usage.ts';

export const creditRouter = router({
  get: procedure.input(CreditsOf).query(({ ctx, input }) => getCredits(ctx, input)),
  usage: procedure.input(CreditUsageOf).query(({ ctx, input }) => getCreditUsage(ctx, input)),
  entries: procedure
    .input(ListCreditEntries)
    .query(({ ctx, input }) => listCreditEntries(ctx, input)),
  export: procedure.input(CreditsOf).mutation(({ ctx, input }) => exportCreditEntries(ctx, input)),
});
