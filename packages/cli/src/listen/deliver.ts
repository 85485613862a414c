import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SlipwayEvent } from 'slipway/server';

const TIMEOUT_MS = 20_000;
/** A receiver that answers, but not with 2xx, is asked so often; then the next event has its turn. */
const REFUSALS = 5;
const LONGEST_WAIT_MS = 15_000;

export interface Try {
  readonly status: number | null;
  readonly problem: string | null;
  readonly ms: number;
  /** Whether it was not delivered, and will not be tried again. */
  readonly isLast: boolean;
}

interface DeliverOptions {
  readonly signal: AbortSignal;
  readonly onTry: (one: Try) => void;
}

/**
 * Sends one event by Standard Webhooks 1.0 until it is taken. For a receiver that is not there it waits
 * as long as it takes, so that nothing is lost and everything comes in order.
 */
export async function deliver(
  { event, to, secret }: { event: SlipwayEvent; to: string; secret: string },
  { signal, onTry }: DeliverOptions,
): Promise<void> {
  const { id, type, timestamp, data } = event;
  const body = JSON.stringify({ type, timestamp, data });
  let refusals = 0;
  for (let attempt = 0; ; attempt += 1) {
    const startedAt = performance.now();
    const answer = await post(to, { headers: signed(secret, { id, body }), body, signal });
    signal.throwIfAborted();
    const isTaken = answer.status !== null && answer.status >= 200 && answer.status < 300;
    if (answer.status !== null) refusals += 1;
    const isLast = !isTaken && refusals >= REFUSALS;
    const ms = Math.round(performance.now() - startedAt);
    // One line tells that nobody is there; the hundredth would tell no more.
    if (answer.status !== null || attempt === 0) onTry({ ...answer, ms, isLast });
    if (isTaken || isLast) return;
    await sleep(Math.min(LONGEST_WAIT_MS, 500 * 2 ** attempt), undefined, { signal });
  }
}

async function post(
  to: string,
  request: { headers: Record<string, string>; body: string; signal: AbortSignal },
): Promise<{ status: number | null; problem: string | null }> {
  const { signal, ...init } = request;
  try {
    const response = await fetch(to, {
      ...init,
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return { status: response.status, problem: response.ok ? null : 'expected 2xx' };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why =
      cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : '';
    return { status: null, problem: `nothing answers at ${to} (${why})` };
  }
}

function signed(
  secret: string,
  { id, body }: { id: string; body: string },
): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return {
    'content-type': 'application/json',
    'user-agent': 'slipway-cli',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
