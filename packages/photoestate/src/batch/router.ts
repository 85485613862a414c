import { procedure, router } from '../trpc.ts';
import { cancelBatch } from './cancel.ts';
import { listBatches } from './list.ts';
import { pauseBatch } from './pause.ts';
import { resumeBatch } from './resume.ts';
import { retryBatch } from './retry.ts';
import { BatchRef, ListBatches } from './schema.ts';

export const batchRouter = router({
  list: procedure.input(ListBatches).query(({ ctx, input }) => listBatches(ctx, input)),
  pause: procedure.input(BatchRef).mutation(({ ctx, input }) => pauseBatch(ctx, input)),
  resume: procedure.input(BatchRef).mutation(({ ctx, input }) => resumeBatch(ctx, input)),
  cancel: procedure.input(BatchRef).mutation(({ ctx, input }) => cancelBatch(ctx, input)),
  retryFailed: procedure.input(BatchRef).mutation(({ ctx, input }) => retryBatch(ctx, input)),
});
