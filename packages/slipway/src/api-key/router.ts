import { z } from 'zod';
import { anyId } from '../storable-text.ts';
import { procedure, router } from '../trpc.ts';
import { getApiKey } from './get.ts';
import { replaceApiKey } from './replace.ts';

const ByProject = z.object({ projectId: anyId });

export const apiKeyRouter = router({
  get: procedure.input(ByProject).query(({ ctx, input }) => getApiKey(ctx, input.projectId)),
  replace: procedure
    .input(ByProject)
    .mutation(({ ctx, input }) => replaceApiKey(ctx, input.projectId)),
});
