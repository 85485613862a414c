'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { useRefreshWebhooks } from './use-webhooks.ts';
import type { EndpointProps } from './webhook-panel.tsx';

const DAY_MS = 86_400_000;

/** A moment as the field for local time writes it. */
function localText(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Sends what happened in a range of time again. */
export function ReplayDialog({
  projectId,
  webhook,
  onClose,
}: EndpointProps & { onClose: () => void }) {
  const trpc = useTRPC();
  const refresh = useRefreshWebhooks();
  const [from, setFrom] = useState(() => localText(new Date(Date.now() - DAY_MS)));
  const [to, setTo] = useState('');
  const [states, setStates] = useState<'missing' | 'all'>('missing');
  const replay = useMutation(
    trpc.webhook.replay.mutationOptions({
      onSuccess: async ({ deliveries }) => {
        toast.success(
          deliveries === 0
            ? 'Nothing to replay'
            : `${deliveries} ${deliveries === 1 ? 'event is' : 'events are'} sent again`,
        );
        await refresh();
        onClose();
      },
    }),
  );
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title="Replay events"
        description="In the order in which they happened, with the ids that they had."
      >
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            replay.mutate({
              projectId,
              endpointId: webhook.id,
              from: new Date(from),
              ...(to === '' ? {} : { to: new Date(to) }),
              states,
            });
          }}
        >
          <DialogBody>
            {replay.error ? (
              <Alert tone="danger" live>
                {describeError(replay.error).message}
              </Alert>
            ) : null}
            <Field label="From">
              {(control) => (
                <Input
                  {...control}
                  type="datetime-local"
                  value={from}
                  onChange={(event) => setFrom(event.target.value)}
                />
              )}
            </Field>
            <Field label="To" hint="Until now, when it is empty.">
              {(control) => (
                <Input
                  {...control}
                  type="datetime-local"
                  value={to}
                  onChange={(event) => setTo(event.target.value)}
                />
              )}
            </Field>
            <Field label="Events">
              {(control) => (
                <Select
                  {...control}
                  value={states}
                  onChange={(event) => setStates(event.target.value === 'all' ? 'all' : 'missing')}
                >
                  <option value="missing">That were not delivered</option>
                  <option value="all">All, also those that were delivered</option>
                </Select>
              )}
            </Field>
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" busy={replay.isPending} disabled={from === ''}>
              Replay
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
