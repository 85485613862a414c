import { eq } from 'drizzle-orm';
import { failpoint } from '../failpoint/index.ts';
import { claim } from './claim.ts';
import type { At } from './home.ts';
import { openSecrets } from './secrets.ts';
import { failed, sendOnce } from './send.ts';
import { settleAttempt } from './settle.ts';
import { signedHeaders } from './sign.ts';
import type { WebhookEndpoint } from './table.ts';

/**
 * Handler of `webhook.deliver`: one try, when it is this delivery's turn. Killed in the middle, it is
 * sent once more, with the same id, when its lease is over.
 */
export async function deliver(
  at: At,
  { deliveryId }: { deliveryId: string },
  run: { signal?: AbortSignal } = {},
): Promise<void> {
  const claimed = await claim(at, deliveryId);
  if (claimed === undefined) return;
  try {
    await attempt(at, { deliveryId, leasedUntil: claimed.leasedUntil, signal: run.signal });
  } catch (error) {
    // It did not happen, as far as anybody knows; the next run need not wait.
    const { delivery } = at.home.tables;
    await at.ctx.db.update(delivery).set({ leasedUntil: null }).where(eq(delivery.id, deliveryId));
    throw error;
  }
}

async function attempt(
  { home, ctx }: At,
  call: { deliveryId: string; leasedUntil: Date; signal: AbortSignal | undefined },
): Promise<void> {
  const { delivery, endpoint, event } = home.tables;
  const [found] = await ctx.db
    .select({ delivery, endpoint, event })
    .from(delivery)
    .innerJoin(endpoint, eq(endpoint.id, delivery.endpointId))
    .innerJoin(event, eq(event.id, delivery.eventId))
    .where(eq(delivery.id, call.deliveryId));
  if (found === undefined) return;
  const at = ctx.now();
  const { url } = found.endpoint;
  const body = home.payload(found.event);
  const plain = { 'content-type': 'application/json', 'user-agent': home.userAgent };
  const secrets = tryToOpen({ home, ctx }, found.endpoint);
  const headers =
    secrets === null
      ? plain
      : { ...plain, ...signedHeaders(secrets, { id: found.event.id, at, body }) };
  const outcome =
    secrets === null
      ? failed(`Its secret cannot be opened: roll it, or ask whoever runs this ${home.product}.`)
      : await sendOnce(ctx.outgoing, { url, headers, body, signal: call.signal });
  failpoint('webhook.sent');
  await settleAttempt(
    { home, ctx },
    { ...found, leasedUntil: call.leasedUntil, at, headers, body, outcome },
  );
}

function tryToOpen(at: At, endpoint: WebhookEndpoint): [string, ...string[]] | null {
  try {
    return openSecrets(at, endpoint);
  } catch (error) {
    at.ctx.log.error({ err: error, endpointId: endpoint.id }, 'a webhook could not be signed');
    return null;
  }
}
