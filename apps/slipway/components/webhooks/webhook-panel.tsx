'use client';

import { Alert } from '@repo/ui/alert';
import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { Skeleton } from '@repo/ui/skeleton';
import { DateTime } from '@repo/ui/time';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowLeft, Send } from 'lucide-react';
import Link from 'next/link';
import { describeError, useTRPC, type Webhook } from '../../lib/trpc.ts';
import { Problem } from '../panel/problem.tsx';
import { Deliveries } from './deliveries.tsx';
import { SecretCard } from './secret-card.tsx';
import { useRefreshWebhooks } from './use-webhooks.ts';
import { WebhookActions } from './webhook-actions.tsx';
import { eventsWords, stateOf } from './webhook-words.ts';

export type EndpointProps = { projectId: string; webhook: Webhook };

/** One webhook: what it is, its secret, and everything that was sent to it. */
export function WebhookPanel({ projectId, endpointId }: { projectId: string; endpointId: string }) {
  const trpc = useTRPC();
  const webhook = useQuery(trpc.webhook.get.queryOptions({ projectId, endpointId }));
  const back = (
    <Link
      href={`/projects/${encodeURIComponent(projectId)}/webhooks`}
      className="flex min-h-6 w-fit items-center gap-1.5 text-muted-foreground text-sm hover:text-foreground [&_svg]:size-4"
    >
      <ArrowLeft aria-hidden="true" />
      All webhooks
    </Link>
  );
  if (webhook.isError && !webhook.data)
    return (
      <div className="flex flex-col gap-4">
        {back}
        <Problem query={webhook} what="The webhook" />
      </div>
    );
  return (
    <div className="flex flex-col gap-6">
      {back}
      {webhook.data ? (
        <>
          <Summary projectId={projectId} webhook={webhook.data} />
          <SecretCard projectId={projectId} webhook={webhook.data} />
          <Deliveries projectId={projectId} webhook={webhook.data} />
        </>
      ) : (
        <div aria-busy="true" className="flex flex-col gap-6">
          <Skeleton className="h-28 rounded-lg" />
          <Skeleton className="h-24 rounded-lg" />
          <Skeleton className="h-80 rounded-lg" />
        </div>
      )}
    </div>
  );
}

function Summary({ projectId, webhook }: EndpointProps) {
  const { label, tone } = stateOf(webhook);
  return (
    <Card aria-labelledby="webhook-title">
      <CardHeader
        titleId="webhook-title"
        title={
          <span className="flex min-w-0 flex-wrap items-center gap-2">
            <span className="break-all font-mono text-sm">{webhook.url}</span>
            <Badge tone={tone}>{label}</Badge>
          </span>
        }
        description={`${webhook.description ? `${webhook.description} · ` : ''}${eventsWords(webhook)}`}
        actions={
          <span className="flex gap-2">
            <SendTest projectId={projectId} webhook={webhook} />
            <WebhookActions projectId={projectId} webhook={webhook} />
          </span>
        }
      />
      {webhook.disabledReason === 'gone' || webhook.disabledReason === 'failing' ? (
        <CardBody>
          <Alert tone="warning">
            Disabled <DateTime value={webhook.disabledAt ?? webhook.updatedAt} />:{' '}
            {webhook.disabledReason === 'gone'
              ? 'it answered 410 Gone.'
              : 'nothing but failures for five days.'}{' '}
            Mend the receiver, enable it, then replay what it missed.
          </Alert>
        </CardBody>
      ) : null}
    </Card>
  );
}

function SendTest({ projectId, webhook }: EndpointProps) {
  const trpc = useTRPC();
  const refresh = useRefreshWebhooks();
  const test = useMutation(
    trpc.webhook.test.mutationOptions({
      onSuccess: async () => {
        toast.success('Test on its way', { description: 'What it answers appears below.' });
        await refresh();
      },
      onError: (error) =>
        toast.error('No test was sent', { description: describeError(error).message }),
    }),
  );
  return (
    <Button
      disabled={!webhook.enabled}
      busy={test.isPending}
      onClick={() => test.mutate({ projectId, endpointId: webhook.id })}
    >
      <Send />
      Send test
    </Button>
  );
}
