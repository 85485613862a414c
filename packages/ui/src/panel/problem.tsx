'use client';

import { Lock } from 'lucide-react';
import { EmptyState } from '../empty-state.tsx';
import { ErrorState } from '../error-state.tsx';

/** What a person is told of an error. */
export type ProblemWords = { code: string; message: string; requestId: string | undefined };

type Query = { error: unknown; isFetching: boolean; refetch: () => unknown };

type Props = {
  query: Query;
  /** What was to be shown, as the beginning of a sentence: “The keys”. */
  what: string;
  className?: string | undefined;
  describeError: (error: unknown) => ProblemWords;
};

/** In place of what could not be loaded: why, and how to go on. */
export function Problem({ query, what, className, describeError }: Props) {
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
