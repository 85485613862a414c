'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { ErrorState } from '@repo/ui/error-state';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { describeError, type ProjectStorages, useTRPC } from '../../lib/trpc.ts';
import { LookOnly } from '../panel/look-only.tsx';
import { useMay } from '../project/use-permissions.ts';
import { ConnectStorage } from './connect-storage.tsx';
import { MoveCard } from './move-card.tsx';
import { StorageList } from './storage-list.tsx';

/** Where a project's files are, and where new ones go. */
export function StoragePanel({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const storages = useQuery(
    trpc.storage.list.queryOptions(
      { projectId },
      {
        refetchInterval: ({ state }) => refreshEvery(state.data),
      },
    ),
  );
  const mayManage = useMay(projectId)('project.manage');
  if (storages.isError && !storages.data) {
    const { message, requestId } = describeError(storages.error);
    return (
      <ErrorState
        title="The storages could not be loaded"
        message={message}
        requestId={requestId}
        onRetry={() => void storages.refetch()}
        retrying={storages.isFetching}
        className="rounded-lg border"
      />
    );
  }
  if (!storages.data) {
    return (
      <div aria-busy="true" className="flex max-w-3xl flex-col gap-6">
        <Skeleton className="h-48 rounded-lg" />
        <Skeleton className="h-8 w-40" />
      </div>
    );
  }
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      {storages.data.move ? (
        <MoveCard
          projectId={projectId}
          storages={storages.data}
          move={storages.data.move}
          mayManage={mayManage}
        />
      ) : null}
      <StorageList projectId={projectId} storages={storages.data} mayManage={mayManage} />
      {mayManage ? (
        <Connecting projectId={projectId} storages={storages.data} />
      ) : (
        <LookOnly projectId={projectId} what="the storages" />
      )}
    </div>
  );
}

/** While files move; counting very many of them takes the database a while. */
function refreshEvery(storages: ProjectStorages | undefined): number | false {
  if (storages?.move?.status !== 'running') return false;
  return storages.move.totalFiles > 50_000 ? 10_000 : 2_000;
}

function Connecting({ projectId, storages }: { projectId: string; storages: ProjectStorages }) {
  const [form, setForm] = useState<'unopened' | 'open' | 'closed'>('unopened');
  if (storages.obstacle !== null) {
    return (
      <Alert tone="warning" title="No bucket can be connected yet">
        {storages.obstacle}
      </Alert>
    );
  }
  if (form === 'open')
    return <ConnectStorage projectId={projectId} onClose={() => setForm('closed')} />;
  return (
    <div>
      <Button
        variant="primary"
        // The form that had the focus is gone.
        autoFocus={form === 'closed'}
        onClick={() => setForm('open')}
      >
        <Plus />
        Connect a bucket
      </Button>
    </div>
  );
}
