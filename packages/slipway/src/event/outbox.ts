import { sql } from 'drizzle-orm';
import { isOfTestFile } from '../webhook/payload.ts';
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
  tests: {
    isOf: isOfTestFile,
    isLive: () => sql`${event.data}->'file'->>'test' is distinct from 'true'`,
  },
};
