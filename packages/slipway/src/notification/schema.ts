import { z } from 'zod';
import { NOTIFICATION_KINDS } from './kinds.ts';

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

export const UpdateNotifications = z.object({
  timeZone: timeZone.optional(),
  kinds: z.partialRecord(z.enum(NOTIFICATION_KINDS), z.boolean()).optional(),
});
export type UpdateNotifications = z.infer<typeof UpdateNotifications>;

/** What a browser says of itself; counts until somebody chooses. */
export const NoticeTimeZone = z.object({ timeZone });
export type NoticeTimeZone = z.infer<typeof NoticeTimeZone>;
