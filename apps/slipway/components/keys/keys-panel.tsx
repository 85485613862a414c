'use client';

import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { CodeBlock } from '@repo/ui/code-block';
import { EmptyState } from '@repo/ui/empty-state';
import { ErrorState } from '@repo/ui/error-state';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Lock } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { uploadSamples } from '../../lib/samples.ts';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { CreateKey } from './create-key.tsx';
import { KeyList } from './key-list.tsx';

/** The project's keys, and what to do with one. */
export function KeysPanel({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const keys = useQuery(trpc.apiKey.list.queryOptions({ projectId }));
  if (keys.isError && !keys.data) {
    const { code, message, requestId } = describeError(keys.error);
    if (code === 'forbidden') {
      return (
        <EmptyState
          icon={<Lock />}
          title="Keys are not yours to see"
          description={`${message} An owner or admin of the organization can change your role.`}
        />
      );
    }
    return (
      <ErrorState
        title="The keys could not be loaded"
        message={message}
        requestId={requestId}
        onRetry={() => void keys.refetch()}
        retrying={keys.isFetching}
      />
    );
  }
  return (
    <div className="flex max-w-4xl flex-col gap-6">
      <CreateKey projectId={projectId}>
        {(openButton) => (
          <Card aria-labelledby="keys-title">
            <CardHeader
              titleId="keys-title"
              title="Secret keys"
              description="For your servers: one each, with no more scopes than it needs. Never in a browser or a repository."
              actions={keys.data?.length === 0 ? undefined : openButton}
            />
            {keys.isPending ? (
              <ListSkeleton />
            ) : keys.data.length === 0 ? (
              <EmptyState
                className="border-t py-10"
                icon={<KeyRound />}
                title="No keys"
                description="Create one to let your server in."
                action={openButton}
              />
            ) : (
              <KeyList projectId={projectId} keys={keys.data} />
            )}
          </Card>
        )}
      </CreateKey>
      <FirstUpload />
    </div>
  );
}

function ListSkeleton() {
  return (
    <div aria-busy="true" className="divide-y border-t">
      {['first', 'second'].map((row) => (
        <div key={row} className="flex flex-col gap-2.5 px-5 py-4">
          <Skeleton className="h-4 w-40" />
          <Skeleton className="h-4 w-64 max-w-full" />
          <Skeleton className="h-3.5 w-48" />
        </div>
      ))}
    </div>
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
