'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { CodeBlock } from '@repo/ui/code-block';
import { Dialog, DialogBody, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { pretty } from '@repo/ui/panel/pretty';
import { Tries } from '@repo/ui/panel/tries';
import { Skeleton } from '@repo/ui/skeleton';
import { DateTime } from '@repo/ui/time';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { type CallbackDetail, describeError, useTRPC } from '../../lib/trpc.ts';
import { Problem } from '../panel/problem.tsx';
import { CALLBACK_STATES } from './callback-words.ts';

type Props = { projectId: string; fileId: string; onClose: () => void };

/** One callback: what its server answered, and each try. */
export function CallbackDialog({ projectId, fileId, onClose }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const ref = { projectId, fileId };
  const callback = useQuery(trpc.callback.get.queryOptions(ref, { refetchInterval: 3_000 }));
  const resend = useMutation(
    trpc.callback.resend.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.callback.pathKey() }),
      onError: (error) => toast.error('Not sent', { description: describeError(error).message }),
    }),
  );
  const state = callback.data?.state;
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={callback.data?.fileName ?? 'Callback'}
        description={<code className="break-all font-mono text-xs">{fileId}</code>}
        className="max-w-2xl"
      >
        <DialogBody>
          {callback.data ? (
            <Detail callback={callback.data} />
          ) : callback.isError ? (
            <Problem query={callback} what="The callback" />
          ) : (
            <Skeleton aria-busy="true" className="h-80 rounded-lg" />
          )}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Close</Button>
          {state === 'failed' || state === 'unreachable' ? (
            <Button variant="primary" busy={resend.isPending} onClick={() => resend.mutate(ref)}>
              <RotateCcw />
              Send again
            </Button>
          ) : null}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function Detail({ callback }: { callback: CallbackDetail }) {
  const { label, tone } = CALLBACK_STATES[callback.state];
  const { state, nextAttemptAt, lastError, result, tries } = callback;
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 text-muted-foreground text-sm">
        <Badge tone={tone}>{label}</Badge>
        <DateTime value={callback.createdAt} />
        {state === 'pending' && nextAttemptAt ? (
          <span>
            <span className="hidden sm:inline">· </span>next try <DateTime value={nextAttemptAt} />
          </span>
        ) : null}
      </p>
      {result === null ? null : (
        <CodeBlock label="What it answered" language="json" code={pretty(result)} />
      )}
      {state !== 'done' && lastError !== null && tries.length === 0 ? (
        <p className="text-muted-foreground text-sm">{lastError}</p>
      ) : null}
      <Tries
        tries={tries.map(({ url, status, body, ...attempt }) => ({
          ...attempt,
          succeeded: attempt.problem === null,
          request: url === null ? null : { url },
          response: status === null ? null : { status, body: body ?? '' },
        }))}
      />
    </>
  );
}
