import { and, eq } from 'drizzle-orm';
import type { Tx } from '../db/index.ts';
import { wakeDue } from './claim.ts';
import { disableEndpoint } from './disable.ts';
import type { At } from './home.ts';
import { deliverJob } from './jobs.ts';
import { waitFor } from './schedule.ts';
import type { Outcome } from './send.ts';
import type { WebhookDelivery, WebhookEndpoint } from './table.ts';

const HOUR_MS = 3_600_000;
/** Nothing but failures for so long, and the endpoint is disabled. */
const FAILING_MS = 5 * 24 * HOUR_MS;
/** Failures that are further apart do not belong together: there was nothing to deliver between them. */
const APART_MS = 49 * HOUR_MS;

interface Attempted {
  delivery: WebhookDelivery;
  endpoint: WebhookEndpoint;
  leasedUntil: Date;
  at: Date;
  headers: Record<string, string>;
  body: string;
  outcome: Outcome;
}

/** Writes one try down, with all that follows from it. */
export async function settleAttempt({ home, ctx }: At, attempted: Attempted): Promise<void> {
  const { tables } = home;
  const { delivery, outcome } = attempted;
  await ctx.db.transaction(async (tx) => {
    // First, so that what happens to one endpoint happens one after another.
    const [endpoint] = await tx
      .select()
      .from(tables.endpoint)
      .where(eq(tables.endpoint.id, delivery.endpointId))
      .for('update');
    if (endpoint === undefined) return;
    await tx.insert(tables.attempt).values({
      deliveryId: delivery.id,
      endpointId: endpoint.id,
      number: delivery.attempts + 1,
      at: attempted.at,
      durationMs: outcome.durationMs,
      succeeded: outcome.succeeded,
      url: attempted.endpoint.url,
      requestHeaders: attempted.headers,
      requestBody: attempted.body,
      status: outcome.status,
      responseHeaders: outcome.headers,
      responseBody: outcome.body,
      problem: outcome.problem,
    });
    const wait = await settleDelivery(tx, { home, ctx }, attempted);
    await noteHealth(tx, { home, ctx }, { endpoint, outcome });
    if (wait !== null)
      await ctx.queue.enqueue(tx, deliverJob, {
        payload: { deliveryId: delivery.id },
        delaySeconds: Math.ceil(wait / 1000),
      });
    // Whoever waited for this one, or for a free place at its endpoint.
    await wakeDue(tx, { home, ctx }, { endpointId: endpoint.id, most: 2 });
  });
}

/** How long until the next try; null when there is none. */
async function settleDelivery(
  tx: Tx,
  { home, ctx }: At,
  { delivery, leasedUntil, outcome }: Attempted,
): Promise<number | null> {
  const { delivery: table } = home.tables;
  const now = ctx.now();
  const tries = delivery.attempts + 1;
  const wait = outcome.succeeded ? null : waitFor(tries, { id: delivery.id, outcome, now });
  const next =
    wait === null
      ? { state: outcome.succeeded ? ('delivered' as const) : ('failed' as const), endedAt: now }
      : { nextAttemptAt: new Date(now.getTime() + wait) };
  const changed = await tx
    .update(table)
    .set({ ...next, attempts: tries, lastStatus: outcome.status, leasedUntil: null })
    // Unless it was cancelled, or is another's by now, because this one took too long.
    .where(
      and(
        eq(table.id, delivery.id),
        eq(table.state, 'pending'),
        eq(table.leasedUntil, leasedUntil),
      ),
    )
    .returning({ id: table.id });
  return changed.length === 0 ? null : wait;
}

async function noteHealth(
  tx: Tx,
  { home, ctx }: At,
  { endpoint, outcome }: { endpoint: WebhookEndpoint; outcome: Outcome },
): Promise<void> {
  if (endpoint.disabledReason !== null) return;
  const { endpoint: table } = home.tables;
  const set = (values: Pick<WebhookEndpoint, 'failingSince' | 'lastFailureAt'>) =>
    tx.update(table).set(values).where(eq(table.id, endpoint.id));
  if (outcome.succeeded) {
    if (endpoint.failingSince !== null) await set({ failingSince: null, lastFailureAt: null });
    return;
  }
  const now = ctx.now();
  const { failingSince, lastFailureAt } = endpoint;
  const isSameRow = lastFailureAt !== null && now.getTime() - lastFailureAt.getTime() <= APART_MS;
  const since = isSameRow && failingSince !== null ? failingSince : now;
  await set({ failingSince: since, lastFailureAt: now });
  if (outcome.status === 410)
    await disableEndpoint(tx, { home, ctx }, { endpoint, reason: 'gone' });
  else if (now.getTime() - since.getTime() >= FAILING_MS)
    await disableEndpoint(tx, { home, ctx }, { endpoint, reason: 'failing' });
}
