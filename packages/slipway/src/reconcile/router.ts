import { procedure, router } from '../trpc.ts';
import { getUpkeep } from './get-upkeep.ts';
import { ByProject } from './schema.ts';
import { startUpkeep } from './start.ts';

export const upkeepRouter = router({
  get: procedure.input(ByProject).query(({ ctx, input }) => getUpkeep(ctx, input)),
  start: procedure
    .input(ByProject)
    .mutation(({ ctx, input: { projectId } }) => startUpkeep(ctx, projectId)),
});
