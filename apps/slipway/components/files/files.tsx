'use client';

import { Button } from '@repo/ui/button';
import { CopyButton } from '@repo/ui/copy-button';
import { EmptyState } from '@repo/ui/empty-state';
import { ErrorState } from '@repo/ui/error-state';
import { Kbd } from '@repo/ui/kbd';
import { SearchX, Trash2, Upload } from 'lucide-react';
import Link from 'next/link';
import { describeError } from '../../lib/trpc.ts';
import { useMay } from '../project/use-permissions.ts';
import { FileBrowser } from './file-browser.tsx';
import { FileSkeleton } from './file-skeleton.tsx';
import { FileToolbar } from './file-toolbar.tsx';
import { UploadButton } from './upload-button.tsx';
import { useFileFilters } from './use-file-filters.ts';
import { useFileList } from './use-file-list.ts';

export function Files({ projectId }: { projectId: string }) {
  const filters = useFileFilters();
  const { files, rows } = useFileList(projectId);
  const mayUpload = useMay(projectId)('file.upload');
  return (
    <div className="flex flex-col gap-4">
      <FileToolbar projectId={projectId} />
      {files.isError && !files.data ? (
        <FilesProblem
          error={files.error}
          onRetry={() => void files.refetch()}
          busy={files.isFetching}
        />
      ) : files.isPending ? (
        <FileSkeleton />
      ) : (
        <FileBrowser projectId={projectId} files={files} rows={rows}>
          <div className="rounded-lg border border-border-strong border-dashed">
            {filters.trash ? (
              <EmptyTrash onClear={filters.clear} />
            ) : filters.active.length > 0 ? (
              <NothingFound onClear={filters.clear} />
            ) : (
              <NoFiles mayUpload={mayUpload} />
            )}
          </div>
        </FileBrowser>
      )}
    </div>
  );
}

function NoFiles({ mayUpload }: { mayUpload: boolean }) {
  if (!mayUpload)
    return (
      <EmptyState
        icon={<Upload />}
        title="No files yet"
        description="Nothing was uploaded to this project so far."
      />
    );
  return (
    <EmptyState
      icon={<Upload />}
      title="No files yet"
      description={
        <>
          Drop files anywhere on this window, paste with{' '}
          <span className="whitespace-nowrap">
            <Kbd>Ctrl</Kbd> <Kbd>V</Kbd>
          </span>
          , or choose them. They go straight to your storage.
        </>
      }
      action={<UploadButton />}
    >
      <p className="mt-4 flex flex-wrap items-center justify-center gap-x-1.5 text-muted-foreground text-sm">
        Or from your app:
        <code className="rounded-sm bg-code px-1.5 py-0.5 font-mono text-foreground text-xs">
          {SAMPLE}
        </code>
        <CopyButton value={SAMPLE} label="Copy the command" />
        <Link href="/docs" className="text-link underline underline-offset-4">
          Quick start
        </Link>
      </p>
    </EmptyState>
  );
}

const SAMPLE = 'npx slipway-cli init';

function EmptyTrash({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={<Trash2 />}
      title="The trash is empty"
      description="Deleted files wait here, for as long as the project’s rules say, to be restored."
      action={<Button onClick={onClear}>Show all files</Button>}
    />
  );
}

function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={<SearchX />}
      title="No file matches"
      description="Search looks at names and metadata, at exact ids, keys and custom ids, and at tags behind a #."
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
