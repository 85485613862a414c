'use client';

import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { ErrorState } from '@repo/ui/error-state';
import { Skeleton } from '@repo/ui/skeleton';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheck, SearchX } from 'lucide-react';
import Link from 'next/link';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { LogTable } from './log-table.tsx';
import { LogToolbar } from './log-toolbar.tsx';
import { type LogFilters, useLogFilters } from './use-log-filters.ts';

const NONE: LogFilters = { outcome: '', code: '', route: '', from: '', to: '' };

/** Every upload that did not become a file, and why. */
export function UploadLog({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const { filters, input, isNarrowed, set } = useLogFilters(projectId);
  const log = useInfiniteQuery(
    trpc.uploadLog.list.infiniteQueryOptions(input, {
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const entries = log.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <section aria-labelledby="upload-log-title" className="flex flex-col gap-4">
      <div>
        <h2 id="upload-log-title" className="font-semibold text-base">
          Uploads that did not become files
        </h2>
        <p className="text-muted-foreground text-sm">
          Of the last 30 days: refused by a rule or limit, or ended later, each with its reason.
        </p>
      </div>
      <LogToolbar filters={filters} onChange={set} />
      {log.isError && !log.data ? (
        <Problem error={log.error} onRetry={() => void log.refetch()} isRetrying={log.isFetching} />
      ) : log.isPending ? (
        <LogSkeleton />
      ) : entries.length === 0 ? (
        <Nothing projectId={projectId} isNarrowed={isNarrowed} onAll={() => set(NONE)} />
      ) : (
        <LogTable projectId={projectId} entries={entries} />
      )}
      {log.hasNextPage ? (
        <Button
          className="self-center"
          busy={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          Load more
        </Button>
      ) : null}
    </section>
  );
}

type ProblemProps = { error: unknown; onRetry: () => void; isRetrying: boolean };

function Problem({ error, onRetry, isRetrying }: ProblemProps) {
  const { message, requestId } = describeError(error);
  return (
    <ErrorState
      title="The upload log could not be loaded"
      message={message}
      requestId={requestId}
      onRetry={onRetry}
      retrying={isRetrying}
    />
  );
}

type NothingProps = { projectId: string; isNarrowed: boolean; onAll: () => void };

function Nothing({ projectId, isNarrowed, onAll }: NothingProps) {
  if (isNarrowed) {
    return (
      <EmptyState
        className="rounded-lg border bg-card"
        icon={<SearchX />}
        title="Nothing like that"
        description="No upload of the last 30 days fits these filters."
        action={<Button onClick={onAll}>Show all</Button>}
      />
    );
  }
  return (
    <EmptyState
      className="rounded-lg border bg-card"
      icon={<CircleCheck />}
      title="Every upload arrived"
      description="What a rule refuses, what is damaged and what never comes will be here, with the reason."
      action={
        <Button asChild>
          <Link href={`/projects/${encodeURIComponent(projectId)}/rules`}>See the rules</Link>
        </Button>
      }
    />
  );
}

const rows = ['a', 'b', 'c', 'd', 'e', 'f'];

function LogSkeleton() {
  return (
    <div aria-busy="true" className="divide-y rounded-lg border bg-card">
      {rows.map((row) => (
        <div key={row} className="flex h-16 items-center gap-4 px-4">
          <Skeleton className="h-5 w-20" />
          <Skeleton className="h-4 w-48" />
          <Skeleton className="ml-auto h-4 w-24" />
        </div>
      ))}
    </div>
  );
}
