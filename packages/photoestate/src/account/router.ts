import { RenameOrganization, renameOrganization } from '@repo/foundation/organization';
import { procedure, router } from '../trpc.ts';
import { getMe } from './session.ts';

export const sessionRouter = router({
  me: procedure.query(({ ctx }) => getMe(ctx)),
});

export const organizationRouter = router({
  rename: procedure
    .input(RenameOrganization)
    .mutation(({ ctx, input }) => renameOrganization(ctx, input)),
});
