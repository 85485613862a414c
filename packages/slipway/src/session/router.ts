import { isInstallationAdmin } from '@repo/foundation/installation';
import { listOrganizations } from '@repo/foundation/organization';
import { ROLE_PERMISSIONS } from '../permission.ts';
import { procedure, router } from '../trpc.ts';

export const sessionRouter = router({
  /** Null for a visitor who is not signed in. */
  me: procedure.query(async ({ ctx }) => {
    if (ctx.actor.type !== 'user') return null;
    return {
      user: { id: ctx.actor.userId, email: ctx.actor.email, name: ctx.userName ?? ctx.actor.email },
      isInstallationAdmin: await isInstallationAdmin(ctx),
      organizations: (await listOrganizations(ctx)).map((each) => ({
        ...each,
        permissions: ROLE_PERMISSIONS[each.role],
      })),
    };
  }),
});
