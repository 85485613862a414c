'use client';

import { ErrorState } from '@repo/ui/error-state';
import type { ReactNode } from 'react';
import { describeError } from '../lib/trpc.ts';

type Query = { error: unknown; isFetching: boolean; refetch: () => Promise<unknown> };

type Props = {
  title: string;
  /** What could not be loaded; all are asked for again together. */
  queries: readonly Query[];
  action?: ReactNode;
  /** The page has its heading already. */
  titled?: boolean;
};

/** A page whose data did not come: why, the request's name, and another try. */
export function LoadFailed({ title, queries, action, titled = false }: Props) {
  const failed = queries.find(({ error }) => error);
  const { message, requestId } = describeError(failed?.error);
  return (
    <>
      {titled ? null : <h1 className="sr-only">{title}</h1>}
      <ErrorState
        title={title}
        message={message}
        requestId={requestId}
        onRetry={() => void Promise.all(queries.map((query) => query.refetch()))}
        retrying={queries.some(({ isFetching }) => isFetching)}
        action={action}
      />
    </>
  );
}
