'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Alert } from '../alert.tsx';
import { Dialog, DialogBody, DialogContent, DialogSubmit } from '../dialog.tsx';
import { Field } from '../field.tsx';
import { Input } from '../input.tsx';
import { Select } from '../select.tsx';
import { toast } from '../toaster.tsx';
import { useDesk, type Webhook } from './desk.tsx';

const DAY_MS = 86_400_000;

/** A moment as the field for local time writes it. */
function localText(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Sends what happened in a range of time again. */
export function ReplayDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { calls, refresh, describeError } = useDesk();
  const [from, setFrom] = useState(() => localText(new Date(Date.now() - DAY_MS)));
  const [to, setTo] = useState('');
  const [states, setStates] = useState<'missing' | 'all'>('missing');
  const replay = useMutation({
    mutationFn: () =>
      calls.replay(webhook.id, {
        from: new Date(from),
        ...(to !== '' && { to: new Date(to) }),
        states,
      }),
    onSuccess: async ({ deliveries }) => {
      toast.success(
        deliveries === 0
          ? 'Nothing to replay'
          : `${deliveries} ${deliveries === 1 ? 'event is' : 'events are'} sent again`,
      );
      await refresh();
      onClose();
    },
  });
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
            replay.mutate();
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
          <DialogSubmit busy={replay.isPending} disabled={from === ''}>
            Replay
          </DialogSubmit>
        </form>
      </DialogContent>
    </Dialog>
  );
}
