'use client';

import { Button } from '@repo/ui/button';
import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { toast } from '@repo/ui/toaster';
import { Mail } from 'lucide-react';
import { useState } from 'react';
import type { Delivery } from '../../lib/trpc.ts';
import type { Deliveries } from './use-deliveries.ts';

/** What is done with a link that is there: told again, paid, replaced, ended. */
export function LinkActions({ delivery, hands }: { delivery: Delivery; hands: Deliveries }) {
  const [asking, setAsking] = useState<'renew' | 'revoke'>();
  const { id: deliveryId, state, recipients, watermark, paidAt } = delivery;
  const close = { onSuccess: () => setAsking(undefined) };
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {state === 'open' && recipients.length > 0 ? (
        <Button
          size="sm"
          busy={hands.send.isPending}
          onClick={() =>
            hands.send.mutate(
              { deliveryId },
              { onSuccess: () => void toast.success(`Sent to ${recipients.join(', ')}`) },
            )
          }
        >
          <Mail />
          Send again
        </Button>
      ) : null}
      {watermark ? (
        <Button
          size="sm"
          busy={hands.update.isPending}
          onClick={() => hands.update.mutate({ deliveryId, paid: paidAt === null })}
        >
          {paidAt ? 'Mark as not paid' : 'Mark as paid'}
        </Button>
      ) : null}
      <Button size="sm" onClick={() => setAsking('renew')}>
        Replace link
      </Button>
      {state === 'revoked' ? null : (
        <Button size="sm" variant="danger-quiet" onClick={() => setAsking('revoke')}>
          Revoke
        </Button>
      )}
      <ConfirmDialog
        open={asking === 'renew'}
        onOpenChange={(open) => setAsking(open ? 'renew' : undefined)}
        title="Replace this link?"
        description="The old one leads nowhere from then on, also for those who have it open."
        confirmLabel="Replace link"
        tone="primary"
        busy={hands.renew.isPending}
        onConfirm={() => hands.renew.mutate({ deliveryId }, close)}
      />
      <ConfirmDialog
        open={asking === 'revoke'}
        onOpenChange={(open) => setAsking(open ? 'revoke' : undefined)}
        title="Revoke this link?"
        description="Whoever opens it sees nothing from now on. What was downloaded stays downloaded."
        confirmLabel="Revoke link"
        busy={hands.revoke.isPending}
        onConfirm={() => hands.revoke.mutate({ deliveryId }, close)}
      />
    </div>
  );
}
