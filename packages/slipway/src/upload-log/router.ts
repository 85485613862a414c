import { z } from 'zod';
import { anyId } from '../storable-text.ts';
import { procedure, router } from '../trpc.ts';
import { listUploadLog } from './list.ts';
import type { ListUploadLog } from './schema.ts';

export const uploadLogRouter = router({
  list: procedure
    .input(z.object({ projectId: anyId }).and(z.custom<ListUploadLog>()))
    .query(({ ctx, input: { projectId, ...query } }) => listUploadLog(ctx, { projectId, query })),
});
