import { apiKeyTable } from '@repo/foundation/api-key';
import { project } from '../project/table.ts';

export { KEY_ENVIRONMENTS, type KeyEnvironment } from '@repo/foundation/api-key';

export const apiKey = apiKeyTable({
  column: 'project_id',
  references: () => project.id,
  index: 'api_key_project',
});
