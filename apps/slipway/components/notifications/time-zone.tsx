'use client';

import { TimeZoneNotice } from '@repo/ui/account/notifications';
import { useTRPCClient } from '../../lib/trpc.ts';

/** Summaries come in the morning, also to those who never chose a time zone. */
export function TimeZone() {
  return <TimeZoneNotice api={useTRPCClient().notification} />;
}
