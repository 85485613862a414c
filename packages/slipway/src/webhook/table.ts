import { attemptTable, deliveryTable, endpointTable } from '@repo/foundation/webhook';
import { project } from '../project/table.ts';

/** An address of the project's own that is told of its events. */
export const webhookEndpoint = endpointTable({
  column: 'project_id',
  references: () => project.id,
  index: 'webhook_endpoint_project',
});

export const webhookDelivery = deliveryTable(() => webhookEndpoint.id);

export const webhookAttempt = attemptTable(() => webhookDelivery.id);

export type WebhookEndpoint = typeof webhookEndpoint.$inferSelect;
