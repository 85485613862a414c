import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';
import { deleteView } from './delete.ts';
import { listViews } from './list.ts';
import { saveView } from './save.ts';
import { SaveView, ViewRef } from './schema.ts';

export const savedViewRouter = router({
  list: procedure
    .input(z.object({ projectId: anyId }))
    .query(({ ctx, input }) => listViews(ctx, input.projectId)),
  save: procedure.input(SaveView).mutation(({ ctx, input }) => saveView(ctx, input)),
  delete: procedure.input(ViewRef).mutation(({ ctx, input }) => deleteView(ctx, input)),
});
