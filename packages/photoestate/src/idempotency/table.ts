import { idempotencyTable } from '@repo/foundation/idempotency';
import { organization } from '@repo/foundation/organization';

export const idempotencyKey = idempotencyTable({
  column: 'organization_id',
  references: () => organization.id,
});
