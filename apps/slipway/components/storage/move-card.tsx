'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { formatBytes, formatNumber } from '@repo/ui/format';
import { Progress } from '@repo/ui/progress';
import { RelativeTime } from '@repo/ui/time';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { describeError, type ProjectStorages, useTRPC } from '../../lib/trpc.ts';
import { type Move, nameOf } from './storage-words.ts';
import { useRefreshStorages } from './use-storages.ts';

type Props = {
  projectId: string;
  storages: ProjectStorages;
  move: Move;
  mayManage: boolean;
};

/** How long the end of a move is news. */
const NEWS_MS = 86_400_000;

/** A move that runs, with its progress; for a day after its end what came of it. */
export function MoveCard({ projectId, storages, move, mayManage }: Props) {
  const target = nameOf(storages, move.toId);
  if (move.status !== 'running') return <Ended move={move} target={target} />;
  const { totalBytes, movedBytes, totalFiles, movedFiles } = move;
  // Empty files have no bytes to count.
  const share = totalBytes > 0 ? movedBytes / totalBytes : movedFiles / Math.max(1, totalFiles);
  return (
    <Card aria-labelledby="move-title">
      <CardHeader
        titleId="move-title"
        title={`Moving files to ${target}`}
        description="Files are served all the while. Each is compared with its digest before it is served from there."
      />
      <CardBody className="flex flex-col gap-3">
        <Progress value={share * 100} label={`Files moved to ${target}`} className="h-1.5" />
        <p className="flex flex-wrap justify-between gap-x-4 text-sm tabular-nums">
          <span>
            {formatNumber(movedFiles)} of {formatNumber(totalFiles)} files
          </span>
          <span className="text-muted-foreground">
            {formatBytes(movedBytes)} of {formatBytes(totalBytes)}
          </span>
        </p>
        {move.waitingFor > 0 ? <Waiting uploads={move.waitingFor} /> : null}
        {move.problem === null ? null : (
          <Alert tone="warning" title="A file could not be moved yet">
            <p>{move.problem}</p>
            <p className="mt-1">It is tried again every minute.</p>
          </Alert>
        )}
      </CardBody>
      <CardFooter>
        <span>
          Started <RelativeTime value={move.createdAt} />
        </span>
        {mayManage ? <CancelMove projectId={projectId} moveId={move.id} target={target} /> : null}
      </CardFooter>
    </Card>
  );
}

function Waiting({ uploads }: { uploads: number }) {
  return (
    <p className="text-muted-foreground text-sm">
      {uploads === 1
        ? 'One upload began elsewhere; it is moved when it has ended.'
        : `${formatNumber(uploads)} uploads began elsewhere; they are moved when they have ended.`}
    </p>
  );
}

function Ended({ move, target }: { move: Move; target: string }) {
  const done = move.status === 'done';
  if (move.endedAt === null || Date.now() - Date.parse(move.endedAt) > NEWS_MS) return null;
  const files = `${formatNumber(move.movedFiles)} ${move.movedFiles === 1 ? 'file' : 'files'}`;
  return (
    <Alert
      tone={done ? 'success' : 'info'}
      title={done ? `All files were moved to ${target}` : `The move to ${target} was cancelled`}
    >
      {files}
      {done ? '' : ' had been moved, and stay there'}, <RelativeTime value={move.endedAt} />.
    </Alert>
  );
}

type CancelProps = { projectId: string; moveId: string; target: string };

function CancelMove({ projectId, moveId, target }: CancelProps) {
  const trpc = useTRPC();
  const refresh = useRefreshStorages(projectId);
  const button = useRef<HTMLButtonElement>(null);
  const [asking, setAsking] = useState(false);
  const cancel = useMutation(
    trpc.storage.cancelMove.mutationOptions({
      onSuccess: async () => {
        await refresh();
        setAsking(false);
        toast.success('The move was cancelled');
      },
    }),
  );
  return (
    <>
      <Button ref={button} onClick={() => setAsking(true)}>
        Cancel move
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        returnFocus={button.current}
        title="Cancel the move?"
        description={`Files that were moved stay in ${target}, and new files keep going there. The rest stays where it is.`}
        confirmLabel="Cancel move"
        busy={cancel.isPending}
        error={cancel.error ? describeError(cancel.error).message : undefined}
        onConfirm={() => cancel.mutate({ projectId, moveId })}
      />
    </>
  );
}
