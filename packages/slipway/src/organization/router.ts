import {
  CreateOrganization,
  createOrganization,
  RenameOrganization,
  renameOrganization,
} from '@repo/foundation/organization';
import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';
import { deleteOrganization } from './delete.ts';
import { getOrganization } from './get.ts';
import { DeleteOrganization } from './schema.ts';

export const organizationRouter = router({
  create: procedure
    .input(CreateOrganization)
    .mutation(({ ctx, input }) => createOrganization(ctx, input)),
  get: procedure
    .input(z.object({ organizationId: anyId }))
    .query(({ ctx, input }) => getOrganization(ctx, input.organizationId)),
  rename: procedure
    .input(RenameOrganization)
    .mutation(({ ctx, input }) => renameOrganization(ctx, input)),
  delete: procedure
    .input(DeleteOrganization)
    .mutation(({ ctx, input }) => deleteOrganization(ctx, input)),
});
