import type { Permission } from '../permission.ts';

/** What members are told by mail. Each can be turned off by each of them. */
export const NOTIFICATION_KINDS = [
  'failed_uploads',
  'daily_summary',
  'endpoint_disabled',
  'key_expiring',
  'quota',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** As it is called in mails and on pages, and whom it concerns: those who can do something about it. */
export const KINDS: Readonly<Record<NotificationKind, { name: string; permission: Permission }>> = {
  failed_uploads: { name: 'Failed uploads', permission: 'project.manage' },
  daily_summary: { name: 'Daily summary', permission: 'file.read' },
  endpoint_disabled: { name: 'Webhook endpoint disabled', permission: 'webhook.manage' },
  key_expiring: { name: 'Key about to expire', permission: 'key.manage' },
  quota: { name: 'Quota', permission: 'organization.manage' },
};
