import type { BadgeTone } from '@repo/ui/badge';
import type { CallbackEntry, Webhook, WebhookDelivery } from '../../lib/trpc.ts';

export type EventType = NonNullable<Webhook['eventTypes']>[number];

/** When each event is sent. A type that is missing here fails the build. */
const WORDS: Readonly<Record<EventType, string>> = {
  'file.ready': 'An upload was verified and can be used',
  'file.rejected': 'A rule, a check or the scanner refused an upload',
  'file.failed': 'An upload, or a stored object, was lost',
  'file.expired': 'An upload never came',
  'file.deleted': 'A file was deleted',
  'file.replaced': 'A newer version took a file’s place',
  'file.restored': 'A deleted file, or an older version, was brought back',
  'file.updated': 'A file’s name, tags or metadata changed',
  'endpoint.disabled': 'Another webhook of this project was disabled',
  'webhook.test': 'Somebody pressed “Send test”',
};

const ALL_TYPES = Object.keys(WORDS) as EventType[];
export const EVENT_CHOICES = ALL_TYPES.filter((type) => type !== 'webhook.test').map((type) => ({
  type,
  when: WORDS[type],
}));
export const FILTER_TYPES = ALL_TYPES;

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

export const CALLBACK_STATES: Readonly<
  Record<CallbackEntry['state'], { label: string; tone: BadgeTone }>
> = {
  waiting: { label: 'Waits for the file', tone: 'neutral' },
  pending: { label: 'Pending', tone: 'info' },
  done: { label: 'Answered', tone: 'success' },
  failed: { label: 'Failed', tone: 'danger' },
  unreachable: { label: 'Not reachable', tone: 'danger' },
};
