'use client';

import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { CodeBlock } from '@repo/ui/code-block';
import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { ErrorState } from '@repo/ui/error-state';
import { Skeleton } from '@repo/ui/skeleton';
import { RelativeTime } from '@repo/ui/time';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { uploadSamples } from '../../lib/samples.ts';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { RevealKeyDialog } from './reveal-key.tsx';

export function KeyPanel({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const key = useQuery(trpc.apiKey.get.queryOptions({ projectId }));
  if (key.isError && !key.data) {
    const { message, requestId } = describeError(key.error);
    return (
      <ErrorState
        title="The key could not be loaded"
        message={message}
        requestId={requestId}
        onRetry={() => void key.refetch()}
        retrying={key.isFetching}
      />
    );
  }
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <Card>
        <CardHeader
          title="Secret key"
          description="For your server. It may upload, read and delete this project’s files, so it never belongs in a browser or a repository."
        />
        <CardBody>
          <div className="flex h-10 items-center gap-3 overflow-hidden rounded-md border bg-code px-3">
            <KeyRound aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
            {key.isPending ? (
              <Skeleton className="h-4 w-64" />
            ) : key.data ? (
              <code className="truncate font-mono text-[13px]">
                {key.data.prefix}
                <span aria-hidden="true">••••••••••••••••</span>
                <span className="sr-only"> hidden, ending in </span>
                {key.data.last4}
              </code>
            ) : (
              <span className="text-muted-foreground">This project has no key.</span>
            )}
          </div>
        </CardBody>
        <CardFooter>
          {key.isPending ? (
            <Skeleton className="h-4 w-48" />
          ) : (
            <KeyDates summary={key.data ?? null} />
          )}
          <ReplaceKey projectId={projectId} exists={Boolean(key.data)} />
        </CardFooter>
      </Card>
      <FirstUpload />
    </div>
  );
}

function KeyDates({ summary }: { summary: { createdAt: Date; lastUsedAt: Date | null } | null }) {
  if (!summary) return <span>Make one to let your server in.</span>;
  return (
    <span>
      Created <RelativeTime value={summary.createdAt} /> ·{' '}
      {summary.lastUsedAt ? (
        <>
          last used <RelativeTime value={summary.lastUsedAt} />
        </>
      ) : (
        'never used'
      )}
    </span>
  );
}

function ReplaceKey({ projectId, exists }: { projectId: string; exists: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const replace = useMutation(
    trpc.apiKey.replace.mutationOptions({
      onSuccess: ({ key }) => {
        void queries.invalidateQueries({ queryKey: trpc.apiKey.get.queryKey({ projectId }) });
        setAsking(false);
        setSecret(key);
      },
    }),
  );
  return (
    <>
      <Button onClick={() => setAsking(true)}>{exists ? 'Replace key' : 'Create key'}</Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={exists ? 'Replace the key?' : 'Create a key?'}
        description={
          exists
            ? 'The present key stops working at once: servers that use it are refused until they have the new one.'
            : 'It is shown once, right after.'
        }
        tone={exists ? 'danger' : 'primary'}
        confirmLabel={exists ? 'Replace key' : 'Create key'}
        busy={replace.isPending}
        error={replace.error ? describeError(replace.error).message : undefined}
        onConfirm={() => replace.mutate({ projectId })}
      />
      {secret ? (
        <RevealKeyDialog
          secret={secret}
          title="Your new key"
          doneLabel="I have copied it"
          onDone={() => setSecret(undefined)}
        />
      ) : null}
    </>
  );
}

const never = () => () => undefined;

function FirstUpload() {
  const origin = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => 'https://slipway.example.com',
  );
  return (
    <Card>
      <CardHeader
        title="Upload a file"
        description="Ask for a URL, send the bytes to it, say that they are there. The answer to the third call is the verified file."
      />
      <CardBody>
        <CodeBlock label="Upload" samples={uploadSamples(origin)} />
      </CardBody>
    </Card>
  );
}
