'use client';

import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { ErrorState } from '@repo/ui/error-state';
import { Kbd } from '@repo/ui/kbd';
import { useInfiniteQuery } from '@tanstack/react-query';
import { SearchX, Upload } from 'lucide-react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { FileTable, FileTableSkeleton } from './file-table.tsx';
import { FileToolbar } from './file-toolbar.tsx';
import { UploadButton } from './upload-button.tsx';
import { useFileFilters } from './use-file-filters.ts';

const pageSize = 50;

export function Files({ projectId }: { projectId: string }) {
  const filters = useFileFilters();
  const files = useFiles(projectId);
  const rows = files.data?.pages.flatMap((page) => page.data) ?? [];
  const filtered = Boolean(filters.q || filters.status || filters.type);

  return (
    <div className="flex flex-col gap-4">
      <FileToolbar />
      {files.isError && !files.data ? (
        <FilesProblem
          error={files.error}
          onRetry={() => void files.refetch()}
          busy={files.isFetching}
        />
      ) : files.isPending ? (
        <FileTableSkeleton />
      ) : rows.length === 0 && !files.hasNextPage ? (
        <div className="rounded-lg border border-border-strong border-dashed">
          {filtered ? (
            <NothingFound onClear={() => filters.set({ q: '', status: '', type: '' })} />
          ) : (
            <NoFiles />
          )}
        </div>
      ) : (
        <FileTable
          rows={rows}
          dimmed={files.isPlaceholderData}
          hasMore={files.hasNextPage}
          loadingMore={files.isFetchingNextPage}
          onMore={() => void files.fetchNextPage()}
        />
      )}
    </div>
  );
}

function useFiles(projectId: string) {
  const trpc = useTRPC();
  const { q, status, type } = useFileFilters();
  const input = {
    projectId,
    limit: pageSize,
    ...(q && { q }),
    ...(status && { status }),
    ...(type && { type }),
  };
  return useInfiniteQuery(
    trpc.file.list.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.nextCursor,
      // The last answer stays on the screen while a new search is on its way.
      placeholderData: (before) => before,
      refetchInterval: ({ state }) => {
        const rows = state.data?.pages.flatMap((page) => page.data) ?? [];
        return rows.some((row) => row.status === 'verifying') ? 2_000 : false;
      },
    }),
  );
}

function NoFiles() {
  return (
    <EmptyState
      icon={<Upload />}
      title="No files yet"
      description={
        <>
          Drop files anywhere on this window, paste with <Kbd>Ctrl</Kbd> <Kbd>V</Kbd>, or choose
          them. They go straight to your storage.
        </>
      }
      action={<UploadButton />}
    />
  );
}

function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={<SearchX />}
      title="No file matches"
      description="Search looks at names and at exact ids, keys and custom ids."
      action={<Button onClick={onClear}>Clear search and filters</Button>}
    />
  );
}

function FilesProblem({
  error,
  onRetry,
  busy,
}: {
  error: unknown;
  onRetry: () => void;
  busy: boolean;
}) {
  const { message, requestId } = describeError(error);
  return (
    <ErrorState
      title="The files could not be loaded"
      message={message}
      requestId={requestId}
      onRetry={onRetry}
      retrying={busy}
      className="rounded-lg border"
    />
  );
}
