import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';
import { listUploadLog } from './list.ts';
import type { ListUploadLog } from './schema.ts';

export const uploadLogRouter = router({
  list: procedure
    .input(z.object({ projectId: anyId }).and(z.custom<ListUploadLog>()))
    .query(({ ctx, input: { projectId, ...query } }) => listUploadLog(ctx, { projectId, query })),
});
