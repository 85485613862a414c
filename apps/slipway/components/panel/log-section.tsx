'use client';

import { type LogSectionProps, LogSection as SharedLogSection } from '@repo/ui/panel/log-section';
import { describeError } from '../../lib/trpc.ts';

/** What happened, newest first. */
export function LogSection<Row>(props: Omit<LogSectionProps<Row>, 'describeError'>) {
  return <SharedLogSection {...props} describeError={describeError} />;
}
