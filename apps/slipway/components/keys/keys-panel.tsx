'use client';

import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { CodeBlock } from '@repo/ui/code-block';
import { ListCard } from '@repo/ui/panel/list-card';
import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { uploadSamples } from '../../lib/samples.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Problem } from '../panel/problem.tsx';
import { CreateKey } from './create-key.tsx';
import { KeyList } from './key-list.tsx';

/** The project's keys, and what to do with one. */
export function KeysPanel({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const keys = useQuery(trpc.apiKey.list.queryOptions({ projectId }));
  if (keys.isError && !keys.data) return <Problem query={keys} what="The keys" />;
  return (
    <div className="flex flex-col gap-6">
      <CreateKey projectId={projectId}>
        {(openButton) => (
          <ListCard
            title="Secret keys"
            description="For your servers: one each, with no more scopes than it needs. Never in a browser or a repository."
            rows={keys.data}
            add={openButton}
            empty={{
              icon: <KeyRound />,
              title: 'No keys',
              description: 'Create one to let your server in.',
            }}
            lines={3}
          >
            {(rows) => <KeyList projectId={projectId} keys={rows} />}
          </ListCard>
        )}
      </CreateKey>
      <FirstUpload />
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
