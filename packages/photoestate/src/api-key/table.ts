import { apiKeyTable } from '@repo/foundation/api-key';
import { organization } from '@repo/foundation/organization';

export const apiKey = apiKeyTable({
  column: 'organization_id',
  references: () => organization.id,
  index: 'api_key_organization',
});
