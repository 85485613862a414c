'use client';

import { ErrorState } from '@repo/ui/error-state';
import { describeError } from '../lib/trpc.ts';

function digestOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('digest' in error)) return undefined;
  return typeof error.digest === 'string' ? error.digest : undefined;
}

type Props = { error: unknown; retry: () => void; headingLevel?: 1 | 2 };

/** What an error boundary shows. Either id finds the error in the server's log: that of a page, or of a call. */
export function PageError({ error, retry, headingLevel = 1 }: Props) {
  const id = digestOf(error) ?? describeError(error).requestId;
  return (
    <ErrorState
      headingLevel={headingLevel}
      title="This page could not be shown"
      message="Something went wrong on our side. Trying again often helps; the rest of the app still works."
      requestId={id}
      onRetry={retry}
    />
  );
}
