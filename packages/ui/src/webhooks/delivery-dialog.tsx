'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { Badge } from '../badge.tsx';
import { Button } from '../button.tsx';
import { CodeBlock } from '../code-block.tsx';
import { Dialog, DialogBody, DialogContent, DialogFooter } from '../dialog.tsx';
import { ErrorState } from '../error-state.tsx';
import { pretty } from '../panel/pretty.ts';
import { Tries } from '../panel/tries.tsx';
import { Skeleton } from '../skeleton.tsx';
import { DateTime } from '../time.tsx';
import { toast } from '../toaster.tsx';
import { useDesk, type Webhook, type WebhookDeliveryDetail } from './desk.tsx';
import { deliveryStateOf } from './webhook-words.ts';

type Props = { webhook: Webhook; deliveryId: string; onClose: () => void };

/** One delivery: what is sent, and each try with its request and answer. */
export function DeliveryDialog({ webhook, deliveryId, onClose }: Props) {
  const { key, calls, refresh, describeError } = useDesk();
  const delivery = useQuery({
    queryKey: [...key, webhook.id, 'delivery', deliveryId],
    queryFn: () => calls.delivery(webhook.id, deliveryId),
    refetchInterval: 3_000,
  });
  const resend = useMutation({
    mutationFn: () => calls.resend(webhook.id, deliveryId),
    onSuccess: refresh,
    onError: (error) => toast.error('Not sent', { description: describeError(error).message }),
  });
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
            onClick={() => resend.mutate()}
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
