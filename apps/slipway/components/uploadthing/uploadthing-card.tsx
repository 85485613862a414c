'use client';

import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { CodeBlock } from '@repo/ui/code-block';
import { ErrorState } from '@repo/ui/error-state';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { describeError, type UploadthingSettings, useTRPC } from '../../lib/trpc.ts';
import { usePermissions } from '../project/use-permissions.ts';
import { CreateToken } from './create-token.tsx';
import { envText } from './env-text.ts';
import { TokenList } from './token-list.tsx';

/** What an app on UploadThing's SDK needs to come here; nothing for those who may not see keys. */
export function UploadthingCard({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const { isKnown, may } = usePermissions(projectId);
  const isTheirs = may('key.manage');
  const settings = useQuery({
    ...trpc.uploadthing.get.queryOptions({ projectId }),
    enabled: isTheirs,
  });
  const failure = settings.isError && !settings.data ? describeError(settings.error) : null;
  if ((isKnown && !isTheirs) || failure?.code === 'forbidden') return null;
  return (
    <Card aria-labelledby="uploadthing-title">
      <CardHeader
        titleId="uploadthing-title"
        title="UploadThing drop-in"
        description="An app on uploadthing 7.7 and @uploadthing/react 7.3 uploads here without a change of its code: set these variables where it runs."
      />
      {failure ? (
        <CardBody>
          <ErrorState
            title="The variables could not be loaded"
            message={failure.message}
            requestId={failure.requestId}
            onRetry={() => void settings.refetch()}
            retrying={settings.isFetching}
          />
        </CardBody>
      ) : settings.data ? (
        <Loaded projectId={projectId} settings={settings.data} />
      ) : (
        <CardBody>
          <Skeleton className="h-38 rounded-lg" />
        </CardBody>
      )}
    </Card>
  );
}

function Loaded({ projectId, settings }: { projectId: string; settings: UploadthingSettings }) {
  const { keys, variables, canCreate } = settings;
  return (
    <>
      <CardBody>
        <CodeBlock
          wrap
          code={`# UPLOADTHING_TOKEN is shown once, when you create it\n${envText(variables)}`}
        />
      </CardBody>
      {keys.length === 0 ? null : <TokenList projectId={projectId} keys={keys} />}
      <CardFooter>
        <Link href="/docs/uploadthing" className="rounded-sm underline underline-offset-4">
          What works, and what is different
        </Link>
        {canCreate ? (
          <CreateToken projectId={projectId} isFirst={keys.length === 0} />
        ) : (
          <Button disabled title="Whoever runs this Slipway has to set ENCRYPTION_KEYS">
            Create token
          </Button>
        )}
      </CardFooter>
    </>
  );
}
