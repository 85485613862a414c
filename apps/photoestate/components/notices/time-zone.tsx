'use client';

import { TimeZoneNotice } from '@repo/ui/account/notifications';
import { useTRPCClient } from '../../lib/trpc.ts';

/** Times in mails are by somebody’s own clock, also of those who never chose one. */
export function TimeZone() {
  return <TimeZoneNotice api={useTRPCClient().notification} />;
}
