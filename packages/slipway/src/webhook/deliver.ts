import { failpoint } from '@repo/foundation/failpoint';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { event } from '../event/table.ts';
import { claim } from './claim.ts';
import { payloadOf } from './payload.ts';
import { openSecrets } from './secrets.ts';
import { failed, sendOnce } from './send.ts';
import { settleAttempt } from './settle.ts';
import { signedHeaders } from './sign.ts';
import { type WebhookEndpoint, webhookDelivery, webhookEndpoint } from './table.ts';

/**
 * Handler of `webhook.deliver`: one try, when it is this delivery's turn. Killed in the middle, it is
 * sent once more, with the same id, when its lease is over.
 */
export async function deliver(
  ctx: SlipwayContext,
  { deliveryId }: { deliveryId: string },
  run: { signal?: AbortSignal } = {},
): Promise<void> {
  const claimed = await claim(ctx, deliveryId);
  if (claimed === undefined) return;
  try {
    await attempt(ctx, { deliveryId, leasedUntil: claimed.leasedUntil, signal: run.signal });
  } catch (error) {
    // It did not happen, as far as anybody knows; the next run need not wait.
    await ctx.db
      .update(webhookDelivery)
      .set({ leasedUntil: null })
      .where(eq(webhookDelivery.id, deliveryId));
    throw error;
  }
}

async function attempt(
  ctx: SlipwayContext,
  call: { deliveryId: string; leasedUntil: Date; signal: AbortSignal | undefined },
): Promise<void> {
  const [found] = await ctx.db
    .select({ delivery: webhookDelivery, endpoint: webhookEndpoint, event })
    .from(webhookDelivery)
    .innerJoin(webhookEndpoint, eq(webhookEndpoint.id, webhookDelivery.endpointId))
    .innerJoin(event, eq(event.id, webhookDelivery.eventId))
    .where(eq(webhookDelivery.id, call.deliveryId));
  if (found === undefined) return;
  const at = ctx.now();
  const { url } = found.endpoint;
  const body = payloadOf(found.event);
  const plain = { 'content-type': 'application/json', 'user-agent': 'Slipway-Webhooks/1.0' };
  const secrets = tryToOpen(ctx, found.endpoint);
  const headers =
    secrets === null
      ? plain
      : { ...plain, ...signedHeaders(secrets, { id: found.event.id, at, body }) };
  const outcome =
    secrets === null
      ? failed('Its secret cannot be opened: roll it, or ask whoever runs this Slipway.')
      : await sendOnce(ctx.outgoing, { url, headers, body, signal: call.signal });
  failpoint('webhook.sent');
  await settleAttempt(ctx, { ...found, leasedUntil: call.leasedUntil, at, headers, body, outcome });
}

function tryToOpen(ctx: SlipwayContext, endpoint: WebhookEndpoint): [string, ...string[]] | null {
  try {
    return openSecrets(ctx, endpoint);
  } catch (error) {
    ctx.log.error({ err: error, endpointId: endpoint.id }, 'a webhook could not be signed');
    return null;
  }
}
