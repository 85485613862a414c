import type { NotificationSettings } from '../../lib/trpc.ts';

type Kind = keyof NotificationSettings['kinds'];

/** What can be turned off, in the order of the page. */
export const KINDS: readonly { kind: Kind; name: string; description: string }[] = [
  {
    kind: 'failed_uploads',
    name: 'Failed uploads',
    description: 'What was refused, rejected or never came; for each project at most once an hour.',
  },
  {
    kind: 'daily_summary',
    name: 'Daily summary',
    description: 'At eight in the morning what happened the day before; nothing when nothing did.',
  },
  {
    kind: 'endpoint_disabled',
    name: 'Webhook endpoint disabled',
    description: 'An endpoint failed for days, or asked for no more events.',
  },
  {
    kind: 'key_expiring',
    name: 'Key about to expire',
    description: 'Seven days before a key’s end, and one day before.',
  },
  {
    kind: 'quota',
    name: 'Quota',
    description: 'At 80 and at 100 % of what the plan allows. For owners and admins.',
  },
];

export const kindName = (kind: string): string =>
  KINDS.find((each) => each.kind === kind)?.name ?? 'This kind of mail';
