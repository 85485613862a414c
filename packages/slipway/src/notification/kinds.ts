import type { NoticeKind } from '@repo/foundation/organization';
import type { Permission } from '../permission.ts';

const BOTH = ['mail', 'app'] as const;

/** What members are told: those who can do something about it. In the order of the settings page. */
export const NOTICES = {
  failed_uploads: {
    name: 'Failed uploads',
    about: 'What was refused, rejected or never came; for each project at most once an hour.',
    permission: 'project.manage',
    channels: BOTH,
  },
  daily_summary: {
    name: 'Daily summary',
    about: 'At eight in the morning what happened the day before; nothing when nothing did.',
    permission: 'file.read',
    channels: ['mail'],
  },
  endpoint_disabled: {
    name: 'Webhook endpoint disabled',
    about: 'An endpoint failed for days, or asked for no more events.',
    permission: 'webhook.manage',
    channels: BOTH,
  },
  key_expiring: {
    name: 'Key about to expire',
    about: 'Seven days before a key’s end, and one day before.',
    permission: 'key.manage',
    channels: BOTH,
  },
  quota: {
    name: 'Quota',
    about: 'At 80 and at 100 % of what the plan allows. For owners and admins.',
    permission: 'organization.manage',
    channels: BOTH,
  },
} as const satisfies Record<string, NoticeKind<Permission>>;
