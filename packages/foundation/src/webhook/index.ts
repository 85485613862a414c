export { createWebhook } from './create.ts';
export { deleteWebhook } from './delete.ts';
export { deliver } from './deliver.ts';
export { getDeliveryDetail, listDeliveries } from './deliveries.ts';
export { disableEndpoint } from './disable.ts';
export type { At, Disabled, WebhookContext, WebhookHome, WebhookTables } from './home.ts';
export { mountWebhooks } from './http.ts';
export { deliverJob, sweepDeliveriesJob } from './jobs.ts';
export { getWebhook, listWebhooks, webhookHealth } from './list.ts';
export { type Happened, recordEvent } from './record.ts';
export { replayWebhook, resendDelivery, sendTest } from './resend.ts';
export { MOST_TRIES, RETRY_DELAYS_MS, readRetryAfter, waitAfter, waitFor } from './schedule.ts';
export { type WebhookSchemas, type WebhookView, webhookSchemas } from './schema.ts';
export { revealSecret, rollSecret } from './secret.ts';
export { failed, type Outcome, sendOnce } from './send.ts';
export { newSecret, signedHeaders, verificationKey } from './sign.ts';
export { sweepDeliveries } from './sweep.ts';
export {
  attemptTable,
  deliveryTable,
  type EventRow,
  endpointTable,
  eventTable,
} from './table.ts';
export { updateWebhook } from './update.ts';
