'use client';

import { Button } from '@repo/ui/button';
import { Progress } from '@repo/ui/progress';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Pause, Play, RotateCw, X } from 'lucide-react';
import { useState } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { type Batch, describeError, useTRPC } from '../../lib/trpc.ts';

/** One that ended is told of for so long. */
const toldFor = 12 * 3_600_000;

/** Scenes that were started together: how far they are, what failed and why, what it cost, and how to stop it. */
export function Batches({ listingId }: { listingId: string }) {
  const trpc = useTRPC();
  const [closed, setClosed] = useState<ReadonlySet<string>>(readClosed);
  const batches = useQuery(
    trpc.batch.list.queryOptions(
      { listingId },
      {
        refetchInterval: ({ state }) =>
          state.data?.some(({ endedAt }) => endedAt === null) ? 2_000 : false,
      },
    ),
  );
  const shown = batches.data?.filter((batch) => isShown(batch) && !closed.has(batch.id)) ?? [];
  if (shown.length === 0) return null;
  return (
    <ul aria-label="Batches" className="mt-4 flex flex-col gap-2">
      {shown.map((batch) => (
        <BatchRow key={batch.id} batch={batch} onClose={() => setClosed(close(closed, batch.id))} />
      ))}
    </ul>
  );
}

/** One scene alone says all by itself, and so does what went well long ago. */
function isShown({ total, endedAt, failures, skipped, createdAt }: Batch): boolean {
  if (endedAt === null) return total > 1;
  const recent = Date.now() - endedAt.getTime() < toldFor && createdAt !== null;
  return recent && (total > 1 || failures.length + skipped.length > 0);
}

const storageKey = 'closed-batches';

function readClosed(): ReadonlySet<string> {
  try {
    return new Set(JSON.parse(localStorage.getItem(storageKey) ?? '[]') as string[]);
  } catch {
    return new Set();
  }
}

function close(closed: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = [...closed, id].slice(-100);
  try {
    localStorage.setItem(storageKey, JSON.stringify(next));
  } catch {
    // It is closed as long as the page lasts, then.
  }
  return new Set(next);
}

function BatchRow({ batch, onClose }: { batch: Batch; onClose: () => void }) {
  const { id: batchId, total, done, failed, endedAt, pausedAt, failures, skipped } = batch;
  const { pause, resume, cancel, retry } = useBatchWork(batch.listingId);
  const active = endedAt === null;
  const percent = Math.round(batch.progress * 100);
  return (
    <li className="rounded-lg border bg-card px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-48 text-sm">
          <span className="font-medium">{headline(batch)}</span>
          <span className="block text-muted-foreground text-xs tabular-nums">{details(batch)}</span>
        </p>
        <div className="flex flex-wrap items-center gap-1.5">
          {failed > 0 && failures.some(({ retryable }) => retryable) ? (
            <Button size="sm" busy={retry.isPending} onClick={() => retry.mutate({ batchId })}>
              <RotateCw />
              Retry {counted(failed, 'failed scene')}
            </Button>
          ) : null}
          {active && pausedAt === null ? (
            <Button size="sm" busy={pause.isPending} onClick={() => pause.mutate({ batchId })}>
              <Pause />
              Pause
            </Button>
          ) : null}
          {active && pausedAt !== null ? (
            <Button
              size="sm"
              variant="primary"
              busy={resume.isPending}
              onClick={() => resume.mutate({ batchId })}
            >
              <Play />
              Resume
            </Button>
          ) : null}
          {active ? (
            <Button
              size="sm"
              variant="ghost"
              busy={cancel.isPending}
              onClick={() => cancel.mutate({ batchId })}
            >
              Cancel the rest
            </Button>
          ) : (
            <Button size="icon-sm" variant="ghost" aria-label="Close" onClick={onClose}>
              <X />
            </Button>
          )}
        </div>
      </div>
      {active ? (
        <Progress
          value={percent}
          label={`${done} of ${total} scenes finished`}
          tone={pausedAt === null ? 'primary' : 'success'}
          className="mt-2.5"
        />
      ) : null}
      <Failures batch={batch} />
      {skipped.length > 0 ? (
        <p className="mt-2 text-muted-foreground text-xs">
          {counted(skipped.length, 'scene')} left out: {skipped[0]?.reason}
        </p>
      ) : null}
    </li>
  );
}

function headline({ total, done, failed, cancelled, endedAt, pausedAt }: Batch): string {
  if (endedAt === null) {
    return `${pausedAt === null ? 'Enhancing' : 'Paused'}: ${done + failed + cancelled} of ${total} scenes`;
  }
  if (failed > 0) return `${done} of ${counted(total, 'scene')} finished, ${failed} failed`;
  if (cancelled > 0) return `${done} of ${counted(total, 'scene')} finished, the rest cancelled`;
  return `${counted(total, 'scene')} finished`;
}

function details({ running, queued, endedAt, credits, startedBy, pausedAt }: Batch): string {
  const { spent, held, returned } = credits;
  return [
    endedAt === null && running > 0 ? `${running} at work` : '',
    endedAt === null && queued > 0
      ? `${queued} ${pausedAt === null ? 'waiting' : 'held back, for a month at most'}`
      : '',
    spent > 0 ? `${counted(spent, 'credit')} spent` : '',
    held > 0 ? `${counted(held, 'credit')} held` : '',
    returned > 0 ? `${counted(returned, 'credit')} given back` : '',
    startedBy ? `started by ${startedBy}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function Failures({ batch: { failures } }: { batch: Batch }) {
  if (failures.length === 0) return null;
  return (
    <details className="mt-2 text-sm" open={failures.length <= 3}>
      <summary className="cursor-pointer text-danger text-xs">
        {counted(failures.length, 'scene')} failed; {failures.length === 1 ? 'its' : 'their'} credit
        was given back
      </summary>
      <ul className="mt-1.5 flex max-h-48 flex-col gap-1 overflow-y-auto">
        {failures.map(({ enhancementId, position, label, reason }) => (
          <li key={enhancementId} className="flex gap-2 text-xs">
            <span className="shrink-0 font-medium">{label ?? `Scene ${position ?? '–'}`}</span>
            <span className="text-muted-foreground [overflow-wrap:anywhere]">{reason}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function useBatchWork(listingId: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const options = (failed: string) => ({
    onError: (error: unknown) =>
      void toast.error(failed, { description: describeError(error).message }),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: trpc.batch.list.queryKey({ listingId }) });
      void queries.invalidateQueries({ queryKey: trpc.scene.list.queryKey({ listingId }) });
      void queries.invalidateQueries({ queryKey: trpc.credit.pathKey() });
    },
  });
  return {
    pause: useMutation(trpc.batch.pause.mutationOptions(options('It was not paused'))),
    resume: useMutation(trpc.batch.resume.mutationOptions(options('It does not go on'))),
    cancel: useMutation(trpc.batch.cancel.mutationOptions(options('It was not cancelled'))),
    retry: useMutation(trpc.batch.retryFailed.mutationOptions(options('Nothing was started'))),
  };
}
