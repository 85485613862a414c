'use client';

import { Card } from '../card.tsx';
import { ErrorState } from '../error-state.tsx';
import type { Describe } from './api.ts';

type Props = {
  title: string;
  query: { error: unknown; isFetching: boolean; refetch: () => Promise<unknown> };
  describe: Describe;
};

/** In place of a card whose data did not come: why, the request's name, and another try. */
export function LoadProblem({ title, query, describe }: Props) {
  const { message, requestId } = describe(query.error);
  return (
    <Card>
      <ErrorState
        title={title}
        message={message}
        requestId={requestId}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    </Card>
  );
}
