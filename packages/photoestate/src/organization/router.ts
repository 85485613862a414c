import { RenameOrganization } from '@repo/foundation/organization';
import { procedure, router } from '../trpc.ts';
import { renameStudio } from './rename.ts';
import { OrganizationSettingsOf, UpdateOrganizationSettings } from './schema.ts';
import { getOrganizationSettings, setLogo, updateOrganizationSettings } from './settings.ts';

export const organizationRouter = router({
  rename: procedure
    .input(RenameOrganization)
    .mutation(({ ctx, input }) => renameStudio(ctx, input)),
  settings: procedure
    .input(OrganizationSettingsOf)
    .query(({ ctx, input }) => getOrganizationSettings(ctx, input)),
  updateSettings: procedure
    .input(UpdateOrganizationSettings)
    .mutation(({ ctx, input }) => updateOrganizationSettings(ctx, input)),
  removeLogo: procedure
    .input(OrganizationSettingsOf)
    .mutation(({ ctx, input }) => setLogo(ctx, { ...input, fileId: null })),
});
