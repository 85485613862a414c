'use client';

import { ErrorState } from '@repo/ui/error-state';

function digestOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('digest' in error)) return undefined;
  return typeof error.digest === 'string' ? error.digest : undefined;
}

/** What an error boundary shows. The digest is the name of this error in the server's log. */
export function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <ErrorState
      title="This page could not be shown"
      message="Something went wrong on our side. Your photos are safe; trying again often helps, and the rest of the app still works."
      requestId={digestOf(error)}
      onRetry={retry}
    />
  );
}
