import { webhookAttempt, webhookDelivery, webhookEndpoint } from '../webhook/table.ts';
import { event } from './table.ts';

/** What events are written to, and those who are told of them. */
export const OUTBOX = {
  tables: {
    event,
    endpoint: webhookEndpoint,
    delivery: webhookDelivery,
    attempt: webhookAttempt,
  },
  tests: null,
};
