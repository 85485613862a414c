'use client';

import { Button } from '@repo/ui/button';
import { Card, CardHeader } from '@repo/ui/card';
import { EmptyState } from '@repo/ui/empty-state';
import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';
import { CreateKey } from './create-key.tsx';
import { KeyRow } from './key-row.tsx';
import { type MadeKey, RevealKey } from './reveal-key.tsx';

/** The organization's keys for the REST API. */
export function KeysPage({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const [made, setMade] = useState<MadeKey>();
  const keys = useQuery(trpc.apiKey.list.queryOptions({ organizationId }));
  if (keys.error && !keys.data)
    return <LoadFailed title="The keys could not be loaded" queries={[keys]} />;
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
      <PageHeader
        title="API keys"
        description="For your servers: one each, with no more permissions than it needs. Never in a browser or a repository."
        actions={
          <>
            <Button asChild>
              <a href="/docs/api">API reference</a>
            </Button>
            <CreateKey organizationId={organizationId} onMade={setMade} />
          </>
        }
      />
      <Card aria-labelledby="keys-title">
        <CardHeader
          titleId="keys-title"
          title="Secret keys"
          description="The API is at /api/v1; its description for programs at /api/v1/openapi.json."
        />
        {keys.data?.length === 0 ? (
          <EmptyState
            icon={<KeyRound />}
            title="No keys"
            description="Create one to let your server in."
          />
        ) : null}
        {keys.data && keys.data.length > 0 ? (
          <ul className="divide-y border-t">
            {keys.data.map((apiKey) => (
              <KeyRow
                key={apiKey.id}
                organizationId={organizationId}
                apiKey={apiKey}
                onMade={setMade}
              />
            ))}
          </ul>
        ) : null}
        {keys.data ? null : (
          <div aria-busy="true" className="flex flex-col gap-3 border-t px-5 py-4">
            <Skeleton className="h-12 w-full" />
            <Skeleton className="h-12 w-full" />
          </div>
        )}
      </Card>
      {made ? <RevealKey made={made} onDone={() => setMade(undefined)} /> : null}
    </div>
  );
}
