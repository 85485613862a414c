import { organization } from '@repo/foundation/organization';
import { attemptTable, deliveryTable, endpointTable } from '@repo/foundation/webhook';

/** An address of the organization's own that is told of its events. */
export const webhookEndpoint = endpointTable({
  column: 'organization_id',
  references: () => organization.id,
  index: 'webhook_endpoint_organization',
});

export const webhookDelivery = deliveryTable(() => webhookEndpoint.id);

export const webhookAttempt = attemptTable(() => webhookDelivery.id);
