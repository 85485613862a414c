import { procedure, router } from '../trpc.ts';
import { deleteView } from './delete.ts';
import { listViews } from './list.ts';
import { saveView } from './save.ts';
import { ListViews, SaveView, ViewRef } from './schema.ts';

export const savedViewRouter = router({
  list: procedure.input(ListViews).query(({ ctx, input }) => listViews(ctx, input)),
  save: procedure.input(SaveView).mutation(({ ctx, input }) => saveView(ctx, input)),
  delete: procedure.input(ViewRef).mutation(({ ctx, input }) => deleteView(ctx, input)),
});
