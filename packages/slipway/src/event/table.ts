import { eventTable } from '@repo/foundation/webhook';

export const EVENT_TYPES = [
  'file.ready',
  'file.rejected',
  'file.failed',
  'file.expired',
  'file.deleted',
  'file.replaced',
  'file.restored',
  'file.updated',
  'endpoint.disabled',
  'webhook.test',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** The outbox: what happened in projects. */
export const event = eventTable({ column: 'project_id', index: 'event_project_sequence' });
