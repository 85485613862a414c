import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';
import { getOrganizationUsage, getProjectUsage } from './get-usage.ts';
import { listUploaders } from './uploaders.ts';

export const usageRouter = router({
  project: procedure
    .input(z.object({ projectId: anyId }))
    .query(({ ctx, input }) => getProjectUsage(ctx, input.projectId)),
  uploaders: procedure
    .input(z.object({ projectId: anyId }))
    .query(({ ctx, input: { projectId } }) =>
      listUploaders(ctx, { projectId, query: { limit: 10 } }),
    ),
  organization: procedure
    .input(z.object({ organizationId: anyId }))
    .query(({ ctx, input }) => getOrganizationUsage(ctx, input.organizationId)),
});
