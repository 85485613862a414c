'use client';

import { Button } from '@repo/ui/button';
import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { ErrorState } from '@repo/ui/error-state';
import { formatBytes, formatNumber } from '@repo/ui/format';
import { Skeleton } from '@repo/ui/skeleton';
import { RelativeTime } from '@repo/ui/time';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { describeError, type Upkeep, useTRPC } from '../../lib/trpc.ts';
import { useMay } from '../project/use-permissions.ts';
import { SweepActions } from './sweep-actions.tsx';

/** What the project holds, and what was put in order by itself. */
export function UpkeepPanel({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const upkeep = useQuery(trpc.upkeep.get.queryOptions({ projectId }, { refetchInterval: 10_000 }));
  const mayManage = useMay(projectId)('project.manage');
  if (upkeep.isError && !upkeep.data) {
    const { message, requestId } = describeError(upkeep.error);
    return (
      <ErrorState
        title="The report could not be loaded"
        message={message}
        requestId={requestId}
        onRetry={() => void upkeep.refetch()}
        retrying={upkeep.isFetching}
        className="rounded-lg border"
      />
    );
  }
  if (!upkeep.data) {
    return (
      <div aria-busy="true" className="flex flex-col gap-6">
        <Skeleton className="h-40 rounded-lg" />
        <Skeleton className="h-56 rounded-lg" />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <Card aria-labelledby="state-title">
        <CardHeader
          titleId="state-title"
          title="Files and storage"
          description="Every minute unfinished uploads are brought to their end. Every six hours all objects are compared with the files, in both directions."
          actions={mayManage ? <SweepNow projectId={projectId} /> : undefined}
        />
        <CardBody>
          <Numbers upkeep={upkeep.data} />
        </CardBody>
      </Card>
      <SweepActions actions={upkeep.data.actions} />
    </div>
  );
}

function SweepNow({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const start = useMutation(
    trpc.upkeep.start.mutationOptions({
      onSuccess: async () => {
        toast.success('Started', { description: 'What it finds appears below.' });
        await queries.invalidateQueries({ queryKey: trpc.upkeep.get.queryKey({ projectId }) });
      },
      onError: (error) => toast.error('Not started', { description: describeError(error).message }),
    }),
  );
  return (
    <Button onClick={() => start.mutate({ projectId })} busy={start.isPending}>
      <RefreshCw />
      Check now
    </Button>
  );
}

function Numbers({ upkeep: { usage, lastRun, counts } }: { upkeep: Upkeep }) {
  const week = Object.values(counts).reduce((sum, times) => sum + times, 0);
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
      <Figure name="Stored" note={counted(usage.files, 'file')}>
        {formatBytes(usage.bytes)}
      </Figure>
      <Figure name="On its way" note={counted(usage.reservedFiles, 'upload')}>
        {formatBytes(usage.reservedBytes)}
      </Figure>
      <Figure name="Put in order" note="in the last 7 days">
        {formatNumber(week)}
      </Figure>
      <Figure
        name="Last comparison"
        note={
          lastRun === null
            ? 'the first one is still to come'
            : `${counted(lastRun.objects, 'object')}, ${formatNumber(lastRun.lostObjects)} lost, in the whole storage`
        }
      >
        {lastRun === null ? '–' : <RelativeTime value={lastRun.endedAt} />}
      </Figure>
    </dl>
  );
}

const counted = (times: number, what: string) =>
  `${formatNumber(times)} ${what}${times === 1 ? '' : 's'}`;

type FigureProps = { name: string; note: string; children: ReactNode };

function Figure({ name, note, children }: FigureProps) {
  return (
    <div className="min-w-0">
      <dt className="text-muted-foreground text-sm">{name}</dt>
      <dd className="mt-1">
        <span className="font-semibold text-xl tabular-nums">{children}</span>
        <span className="block text-muted-foreground text-xs">{note}</span>
      </dd>
    </div>
  );
}
