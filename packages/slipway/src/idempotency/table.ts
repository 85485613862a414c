import { idempotencyTable } from '@repo/foundation/idempotency';
import { project } from '../project/table.ts';

export const idempotencyKey = idempotencyTable({
  column: 'project_id',
  references: () => project.id,
});
