import { z } from 'zod';
import { anyId, CHANNELS } from '../organization/index.ts';

/** As this Node knows it: the same list that browsers have. */
function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const timeZone = z
  .string()
  .max(64)
  .refine((zone) => /^[A-Za-z]/.test(zone) && isTimeZone(zone), {
    error: 'Expected a time zone such as Europe/Berlin.',
  });

/** One switch of the settings page. */
const Choice = z.object({
  kind: z.string().max(60),
  channel: z.enum(CHANNELS),
  isOn: z.boolean(),
});

export const UpdateNotifications = z.object({
  timeZone: timeZone.optional(),
  choices: z.array(Choice).max(100).optional(),
});
export type UpdateNotifications = z.infer<typeof UpdateNotifications>;

/** What a browser says of itself; counts until somebody chooses. */
export const NoticeTimeZone = z.object({ timeZone });
export type NoticeTimeZone = z.infer<typeof NoticeTimeZone>;

export const ListNotices = z.object({
  /** The last one that is known already. */
  cursor: anyId.optional(),
  limit: z.int().min(1).max(50).default(20),
});
export type ListNotices = z.input<typeof ListNotices>;

/** Those that were read; left out: all. */
export const ReadNotices = z.object({ noticeIds: z.array(anyId).max(100).optional() });
export type ReadNotices = z.input<typeof ReadNotices>;
