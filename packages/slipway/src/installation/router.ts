import { assignPlan } from '../plan/assign.ts';
import { AssignPlan } from '../plan/schema.ts';
import { procedure, router } from '../trpc.ts';
import { getInstallationOrganization } from './get-organization.ts';
import { listInstallationOrganizations } from './list-organizations.ts';
import { InstallationOrganizationRef, ListInstallationOrganizations } from './schema.ts';

/** What is about all organizations; for others than admins of the installation there is nothing here. */
export const installationRouter = router({
  organizations: procedure
    .input(ListInstallationOrganizations)
    .query(({ ctx, input }) => listInstallationOrganizations(ctx, input)),
  organization: procedure
    .input(InstallationOrganizationRef)
    .query(({ ctx, input }) => getInstallationOrganization(ctx, input)),
  assignPlan: procedure.input(AssignPlan).mutation(({ ctx, input }) => assignPlan(ctx, input)),
});
