import { organization } from '@repo/foundation/organization';
import { savedViewTable } from '@repo/foundation/saved-view';

/** Of the list of listings of a studio. */
export const savedView = savedViewTable({
  column: 'organization_id',
  of: () => organization.id,
});
