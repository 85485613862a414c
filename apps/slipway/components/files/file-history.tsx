'use client';

import { Skeleton } from '@repo/ui/skeleton';
import { StatusChip } from '@repo/ui/status-chip';
import { useQuery } from '@tanstack/react-query';
import { describeActor, describeReason } from '../../lib/reasons.ts';
import { describeError, type FileRow, useTRPC } from '../../lib/trpc.ts';

/** Every state that a file was in, oldest first: since when, by whom, and why. */
export function FileHistory({ file }: { file: FileRow }) {
  const trpc = useTRPC();
  const history = useQuery(
    trpc.file.history.queryOptions(
      { fileId: file.id },
      { refetchInterval: file.status === 'verifying' ? 2_000 : false },
    ),
  );
  if (history.isError) {
    return (
      <p role="alert" className="text-danger text-sm">
        {describeError(history.error).message}
      </p>
    );
  }
  if (!history.data) {
    return (
      <div aria-busy="true" className="flex flex-col gap-3">
        <Skeleton className="h-10" />
        <Skeleton className="h-10" />
      </div>
    );
  }
  return (
    <ol className="flex flex-col gap-3 border-l pl-4">
      {history.data.data.map((change) => (
        <li key={`${change.at} ${change.to}`} className="flex flex-col gap-1">
          <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <StatusChip status={change.to} />
            <Moment value={change.at} />
          </div>
          <p className="text-sm">
            {change.message ?? describeReason(change.reason)}
            {change.by === null ? null : (
              <span className="text-muted-foreground"> · {describeActor(change.by)}</span>
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}

const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

/** To the second: here it matters what came how soon. */
function Moment({ value }: { value: string }) {
  return (
    <time dateTime={value} title={value} className="text-muted-foreground text-xs tabular-nums">
      {format.format(new Date(value))}
    </time>
  );
}
