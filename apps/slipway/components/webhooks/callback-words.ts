import type { BadgeTone } from '@repo/ui/badge';
import type { CallbackEntry } from '../../lib/trpc.ts';

export const CALLBACK_STATES: Readonly<
  Record<CallbackEntry['state'], { label: string; tone: BadgeTone }>
> = {
  waiting: { label: 'Waits for the file', tone: 'neutral' },
  pending: { label: 'Pending', tone: 'info' },
  done: { label: 'Answered', tone: 'success' },
  failed: { label: 'Failed', tone: 'danger' },
  unreachable: { label: 'Not reachable', tone: 'danger' },
};
