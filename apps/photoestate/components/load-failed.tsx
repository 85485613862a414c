'use client';

import { Button } from '@repo/ui/button';
import { ErrorState } from '@repo/ui/error-state';
import Link from 'next/link';
import { describeError } from '../lib/trpc.ts';

type Query = { error: unknown; isFetching: boolean; refetch: () => Promise<unknown> };

type Props = {
  title: string;
  /** What could not be loaded; all are asked for again together. */
  queries: readonly Query[];
  /** The page has its heading already. */
  titled?: boolean;
};

/** A page whose data did not come: why, the request's name, and another try. */
export function LoadFailed({ title, queries, titled = false }: Props) {
  const failed = queries.find(({ error }) => error);
  const { message, requestId, code } = describeError(failed?.error);
  const gone = code === 'not_found';
  return (
    <>
      {titled ? null : <h1 className="sr-only">{title}</h1>}
      <ErrorState
        title={title}
        message={message}
        requestId={gone ? undefined : requestId}
        onRetry={gone ? undefined : () => void Promise.all(queries.map((query) => query.refetch()))}
        retrying={queries.some(({ isFetching }) => isFetching)}
        action={
          gone ? (
            <Button asChild variant="primary">
              <Link href="/listings">Go to your listings</Link>
            </Button>
          ) : null
        }
      />
    </>
  );
}
