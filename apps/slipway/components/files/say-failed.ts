'use client';

import { toast } from '@repo/ui/toaster';
import { UNDO_MS } from '@repo/ui/undo';
import { describeError } from '../../lib/trpc.ts';

/** Says what went wrong, and tries again where that may help. */
export function sayFailed(title: string, error: unknown, retry: () => void): void {
  const { message, retryable } = describeError(error);
  toast.error(title, {
    description: message,
    duration: UNDO_MS,
    ...(retryable && { action: { label: 'Retry', onClick: retry } }),
  });
}
