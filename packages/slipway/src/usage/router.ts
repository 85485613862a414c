import { z } from 'zod';
import { anyId } from '../storable-text.ts';
import { procedure, router } from '../trpc.ts';
import { getOrganizationUsage, getProjectUsage } from './get-usage.ts';

export const usageRouter = router({
  project: procedure
    .input(z.object({ projectId: anyId }))
    .query(({ ctx, input }) => getProjectUsage(ctx, input.projectId)),
  organization: procedure
    .input(z.object({ organizationId: anyId }))
    .query(({ ctx, input }) => getOrganizationUsage(ctx, input.organizationId)),
});
