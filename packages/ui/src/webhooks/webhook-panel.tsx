'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowLeft, Send } from 'lucide-react';
import { Alert } from '../alert.tsx';
import { Badge } from '../badge.tsx';
import { Button } from '../button.tsx';
import { Card, CardBody, CardHeader } from '../card.tsx';
import { Problem } from '../panel/problem.tsx';
import { Skeleton } from '../skeleton.tsx';
import { DateTime } from '../time.tsx';
import { toast } from '../toaster.tsx';
import { Deliveries } from './deliveries.tsx';
import { useDesk, type Webhook } from './desk.tsx';
import { SecretCard } from './secret-card.tsx';
import { WebhookActions } from './webhook-actions.tsx';
import { eventsWords, stateOf } from './webhook-words.ts';

type EndpointProps = { webhook: Webhook };

/** One webhook: what it is, its secret, and everything that was sent to it. */
export function WebhookPanel({ endpointId }: { endpointId: string }) {
  const { key, calls, hrefOf, Link, describeError } = useDesk();
  const webhook = useQuery({
    queryKey: [...key, endpointId],
    queryFn: () => calls.get(endpointId),
  });
  const back = (
    <Link
      href={hrefOf()}
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
        <Problem query={webhook} what="The webhook" describeError={describeError} />
      </div>
    );
  return (
    <div className="flex flex-col gap-6">
      {back}
      {webhook.data ? (
        <>
          <Summary webhook={webhook.data} />
          <SecretCard webhook={webhook.data} />
          <Deliveries webhook={webhook.data} />
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

function Summary({ webhook }: EndpointProps) {
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
            <SendTest webhook={webhook} />
            <WebhookActions webhook={webhook} />
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

function SendTest({ webhook }: EndpointProps) {
  const { calls, refresh, describeError } = useDesk();
  const test = useMutation({
    mutationFn: () => calls.test(webhook.id),
    onSuccess: async () => {
      toast.success('Test on its way', { description: 'What it answers appears below.' });
      await refresh();
    },
    onError: (error) =>
      toast.error('No test was sent', { description: describeError(error).message }),
  });
  return (
    <Button disabled={!webhook.enabled} busy={test.isPending} onClick={() => test.mutate()}>
      <Send />
      Send test
    </Button>
  );
}
