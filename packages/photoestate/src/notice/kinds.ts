import type { NoticeKind } from '@repo/foundation/organization';
import type { Permission } from '../permission.ts';

const BOTH = ['mail', 'app'] as const;

/** What members are told: those who can do something about it. In the order of the account page. */
export const NOTICES = {
  enhancements_done: {
    name: 'Photos finished',
    about: 'Once for all photos of a listing that were enhanced together. To whoever started them.',
    permission: 'listing.read',
    channels: BOTH,
  },
  enhancement_failed: {
    name: 'Photos failed',
    about: 'Photos that could not be enhanced, with the reason. To whoever started them.',
    permission: 'enhance.run',
    channels: BOTH,
  },
  batch_lapsed: {
    name: 'Paused work cancelled',
    about: 'What was paused for 30 days, and its credits came back. To whoever started it.',
    permission: 'enhance.run',
    channels: BOTH,
  },
  gallery_commented: {
    name: 'Comments',
    about:
      'Somebody wrote about a delivered photo. Mails gather what is written within five minutes.',
    permission: 'delivery.manage',
    channels: BOTH,
    gatherMinutes: 5,
  },
  gallery_changes_requested: {
    name: 'Changes asked for',
    about: 'A client asked for changes to what was delivered.',
    permission: 'delivery.manage',
    channels: BOTH,
  },
  gallery_approved: {
    name: 'Approvals',
    about: 'A client approved what was delivered.',
    permission: 'delivery.manage',
    channels: BOTH,
  },
  gallery_pin_guessed: {
    name: 'PINs guessed',
    about: 'So many wrong PINs were tried at a link that it waits for a new one.',
    permission: 'delivery.manage',
    channels: BOTH,
  },
  daily_summary: {
    name: 'Daily summary',
    about:
      'At eight in the morning what happened on your listings the day before; nothing when nothing did.',
    permission: 'listing.read',
    channels: ['mail'],
  },
  credits_granted: {
    name: 'Credits added',
    about: 'Whoever runs this installation gave credits to your organization.',
    permission: 'credit.manage',
    channels: BOTH,
  },
  webhook_disabled: {
    name: 'Webhooks disabled',
    about: 'A webhook was disabled because its server said that it is gone, or failed for days.',
    permission: 'webhook.manage',
    channels: BOTH,
  },
} as const satisfies Record<string, NoticeKind<Permission>>;

export type NoticeName = keyof typeof NOTICES;
