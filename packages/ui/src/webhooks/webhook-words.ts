import type { BadgeTone } from '../badge.tsx';
import type { Webhook, WebhookDelivery } from './desk.tsx';

export function eventsWords({
  eventTypes: types,
  liveOnly,
}: Pick<Webhook, 'eventTypes' | 'liveOnly'>): string {
  const which = types !== null && types.length <= 2 ? types.join(', ') : undefined;
  const words = types === null ? 'All events' : (which ?? `${types.length} event types`);
  return liveOnly ? `${words} of live files` : words;
}

export const STATES: Readonly<
  Record<WebhookDelivery['state'], { label: string; tone: BadgeTone }>
> = {
  pending: { label: 'Pending', tone: 'info' },
  delivered: { label: 'Delivered', tone: 'success' },
  failed: { label: 'Failed', tone: 'danger' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
};

type Delivery = Pick<WebhookDelivery, 'state' | 'attempts' | 'lastStatus'>;

/** One that was tried and will be again says so, apart from one that waits for its first try. */
export function deliveryStateOf({ state, attempts }: Delivery): { label: string; tone: BadgeTone } {
  return state === 'pending' && attempts > 0
    ? { label: 'Retrying', tone: 'warning' }
    : STATES[state];
}

/** The status of the last try. */
export function answerOf({ attempts, lastStatus }: Delivery): string {
  if (lastStatus !== null) return String(lastStatus);
  return attempts > 0 ? 'No answer' : '–';
}

export function stateOf(webhook: Webhook): { label: string; tone: BadgeTone } {
  if (webhook.disabledReason === 'gone') return { label: 'Disabled: gone', tone: 'danger' };
  if (webhook.disabledReason === 'failing') return { label: 'Disabled: failing', tone: 'danger' };
  if (webhook.disabledReason === 'manual') return { label: 'Disabled', tone: 'neutral' };
  return webhook.failingSince === null
    ? { label: 'Enabled', tone: 'success' }
    : { label: 'Failing', tone: 'warning' };
}
