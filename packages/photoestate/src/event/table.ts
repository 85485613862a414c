import { eventTable } from '@repo/foundation/webhook';

export const EVENT_TYPES = [
  'enhancement.completed',
  'enhancement.failed',
  'order.done',
  'endpoint.disabled',
  'webhook.test',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** The outbox: what happened in organizations. */
export const event = eventTable({
  column: 'organization_id',
  index: 'event_organization_sequence',
});
