'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { CodeBlock } from '@repo/ui/code-block';
import { Dialog, DialogBody, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { ErrorState } from '@repo/ui/error-state';
import { Skeleton } from '@repo/ui/skeleton';
import { DateTime } from '@repo/ui/time';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { describeError, useTRPC, type WebhookDeliveryDetail } from '../../lib/trpc.ts';
import { Tries } from '../panel/tries.tsx';
import { useRefreshWebhooks } from './use-webhooks.ts';
import type { EndpointProps } from './webhook-panel.tsx';
import { deliveryStateOf } from './webhook-words.ts';

type Props = EndpointProps & { deliveryId: string; onClose: () => void };

/** One delivery: what is sent, and each try with its request and answer. */
export function DeliveryDialog({ projectId, webhook, deliveryId, onClose }: Props) {
  const trpc = useTRPC();
  const refresh = useRefreshWebhooks();
  const ref = { projectId, endpointId: webhook.id, deliveryId };
  const delivery = useQuery(trpc.webhook.delivery.queryOptions(ref, { refetchInterval: 3_000 }));
  const resend = useMutation(
    trpc.webhook.resend.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toast.error('Not sent', { description: describeError(error).message }),
    }),
  );
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={delivery.data?.eventType ?? 'Delivery'}
        description={<code className="break-all font-mono text-xs">{deliveryId}</code>}
        className="max-w-2xl"
      >
        <DialogBody>
          {delivery.data ? (
            <Detail delivery={delivery.data} />
          ) : delivery.isError ? (
            <ErrorState
              title="The delivery could not be loaded"
              message={describeError(delivery.error).message}
              requestId={describeError(delivery.error).requestId}
              onRetry={() => void delivery.refetch()}
            />
          ) : (
            <Skeleton aria-busy="true" className="h-80 rounded-lg" />
          )}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="primary"
            disabled={!webhook.enabled}
            busy={resend.isPending}
            onClick={() => resend.mutate(ref)}
          >
            <RotateCcw />
            Send again
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function Detail({ delivery }: { delivery: WebhookDeliveryDetail }) {
  const { label, tone } = deliveryStateOf(delivery);
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 text-muted-foreground text-sm">
        <Badge tone={tone}>{label}</Badge>
        <DateTime value={delivery.createdAt} />
        {delivery.nextAttemptAt ? (
          <span>
            <span className="hidden sm:inline">· </span>next try{' '}
            <DateTime value={delivery.nextAttemptAt} />
          </span>
        ) : null}
      </p>
      <CodeBlock label="Payload" language="json" code={pretty(delivery.payload)} />
      <Tries tries={delivery.tries} />
    </>
  );
}

export function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
