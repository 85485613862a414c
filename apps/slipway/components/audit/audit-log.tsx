'use client';

import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { ErrorState } from '@repo/ui/error-state';
import { PageHeader } from '@repo/ui/page-header';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Lock, ScrollText } from 'lucide-react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { AuditRow } from './audit-row.tsx';
import { AuditSkeleton } from './audit-skeleton.tsx';
import { AuditToolbar } from './audit-toolbar.tsx';
import { ExportAudit } from './export-audit.tsx';
import { type AuditFilters, useAuditFilters } from './use-audit-filters.ts';

const NONE: AuditFilters = { entry: '', actor: '', action: '', from: '', to: '' };

/** Every change in the organization: who, when, from where, and what it was before. */
export function AuditLog({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const { filters, input, isNarrowed, set } = useAuditFilters(organizationId);
  const log = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(input, {
      getNextPageParam: ({ nextCursor }) => nextCursor,
    }),
  );
  const problem = log.isError && !log.data ? describeError(log.error) : undefined;
  const entries = log.data?.pages.flatMap(({ data }) => data) ?? [];
  if (problem?.code === 'forbidden') {
    return (
      <EmptyState
        headingLevel={1}
        icon={<Lock />}
        title="The audit log is not yours to see"
        description={`${problem.message} An owner or admin of the organization can change your role.`}
      />
    );
  }
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Every change, who made it, from where, and what was there before."
        actions={<ExportAudit input={input} />}
      />
      <div className="flex flex-col gap-4 pt-6">
        <AuditToolbar organizationId={organizationId} filters={filters} onChange={set} />
        {problem ? (
          <ErrorState
            title="The log could not be loaded"
            message={problem.message}
            requestId={problem.requestId}
            onRetry={() => void log.refetch()}
            retrying={log.isFetching}
          />
        ) : log.isPending ? (
          <AuditSkeleton />
        ) : entries.length === 0 ? (
          <EmptyState
            className="rounded-lg border bg-card"
            icon={<ScrollText />}
            title={isNarrowed ? 'Nothing like that' : 'Nothing was changed yet'}
            description={
              isNarrowed
                ? 'No entry fits these filters.'
                : 'The first change of a project, key or member will be here.'
            }
            action={isNarrowed ? <Button onClick={() => set(NONE)}>Show all</Button> : undefined}
          />
        ) : (
          <ul className="divide-y overflow-hidden rounded-lg border bg-card">
            {entries.map((entry) => (
              <AuditRow
                key={entry.id}
                entry={entry}
                isOpen={entry.id === filters.entry}
                url={`${window.location.origin}${window.location.pathname}?entry=${entry.id}`}
              />
            ))}
          </ul>
        )}
        {filters.entry && entries.length > 0 ? (
          <Button className="self-start" onClick={() => set(NONE)}>
            Show all entries
          </Button>
        ) : null}
        {log.hasNextPage ? (
          <Button
            className="self-center"
            busy={log.isFetchingNextPage}
            onClick={() => void log.fetchNextPage()}
          >
            Load more
          </Button>
        ) : null}
      </div>
    </>
  );
}
