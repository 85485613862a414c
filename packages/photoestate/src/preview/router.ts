import { procedure, router } from '../trpc.ts';
import { getPreview } from './get.ts';
import { PreviewRef, StartPreview } from './schema.ts';
import { startPreview } from './start.ts';

export const previewRouter = router({
  start: procedure.input(StartPreview).mutation(({ ctx, input }) => startPreview(ctx, input)),
  get: procedure.input(PreviewRef).query(({ ctx, input }) => getPreview(ctx, input)),
});
