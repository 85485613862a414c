'use client';

import { EmptyState } from '@repo/ui/empty-state';
import { ErrorState } from '@repo/ui/error-state';
import { Lock } from 'lucide-react';
import { describeError } from '../../lib/trpc.ts';

type Query = { error: unknown; isFetching: boolean; refetch: () => unknown };

type Props = {
  query: Query;
  /** What was to be shown, as the beginning of a sentence: “The keys”. */
  what: string;
  className?: string | undefined;
};

/** In place of what could not be loaded: why, and how to go on. */
export function Problem({ query, what, className }: Props) {
  const { code, message, requestId } = describeError(query.error);
  if (code === 'forbidden') {
    return (
      <EmptyState
        className={className ?? ''}
        icon={<Lock />}
        title={`${what} are not yours to see`}
        description={`${message} An owner or admin of the organization can change your role.`}
      />
    );
  }
  return (
    <ErrorState
      className={className ?? ''}
      title={`${what} could not be loaded`}
      message={message}
      requestId={requestId}
      onRetry={() => void query.refetch()}
      retrying={query.isFetching}
    />
  );
}
