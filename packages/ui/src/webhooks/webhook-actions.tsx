'use client';

import { useMutation } from '@tanstack/react-query';
import { Ellipsis, Pause, Pencil, Play, RotateCcw, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../button.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { Dialog, DialogContent } from '../dialog.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '../dropdown-menu.tsx';
import { toast } from '../toaster.tsx';
import { useDesk, type Webhook, type WebhookWish } from './desk.tsx';
import { ReplayDialog } from './replay-dialog.tsx';
import { WebhookForm } from './webhook-form.tsx';

type Wish = 'edit' | 'replay' | 'delete';

export function WebhookActions({ webhook }: { webhook: Webhook }) {
  const { calls, refresh, describeError } = useDesk();
  const button = useRef<HTMLButtonElement>(null);
  const [wish, setWish] = useState<Wish>();
  const toggle = useMutation({
    mutationFn: () => calls.update(webhook.id, { enabled: !webhook.enabled }),
    onSuccess: async ({ enabled }) => {
      toast.success(enabled ? 'Webhook enabled' : 'Webhook disabled');
      await refresh();
    },
    onError: (error) => toast.error('Not changed', { description: describeError(error).message }),
  });
  const close = () => {
    setWish(undefined);
    button.current?.focus();
  };
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button ref={button} size="icon" aria-label="More actions">
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setWish('edit')}>
            <Pencil />
            Edit
          </DropdownMenuItem>
          <DropdownMenuItem disabled={!webhook.enabled} onSelect={() => setWish('replay')}>
            <RotateCcw />
            Replay
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => toggle.mutate()}>
            {webhook.enabled ? <Pause /> : <Play />}
            {webhook.enabled ? 'Disable' : 'Enable'}
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem tone="danger" onSelect={() => setWish('delete')}>
            <Trash2 />
            Delete
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {wish === 'edit' ? <EditDialog webhook={webhook} onClose={close} /> : null}
      {wish === 'replay' ? <ReplayDialog webhook={webhook} onClose={close} /> : null}
      {wish === 'delete' ? <DeleteDialog webhook={webhook} onClose={close} /> : null}
    </>
  );
}

type DialogProps = { webhook: Webhook; onClose: () => void };

function EditDialog({ webhook, onClose }: DialogProps) {
  const { calls, refresh, describeError } = useDesk();
  const update = useMutation({
    mutationFn: (wish: WebhookWish) => calls.update(webhook.id, wish),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title="Edit webhook" className="max-w-lg">
        <WebhookForm
          webhook={webhook}
          submitLabel="Save"
          busy={update.isPending}
          problem={update.error ? describeError(update.error).message : undefined}
          onSubmit={({ signing: _, ...wish }) => update.mutate(wish)}
        />
      </DialogContent>
    </Dialog>
  );
}

function DeleteDialog({ webhook, onClose }: DialogProps) {
  const { calls, refresh, describeError, goTo, hrefOf } = useDesk();
  const remove = useMutation({
    mutationFn: () => calls.remove(webhook.id),
    onSuccess: async () => {
      toast.success('Webhook deleted', { description: webhook.url });
      goTo(hrefOf());
      await refresh();
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Delete this webhook?"
      description="It gets nothing any more, and its log goes with it. This cannot be undone; disable it to keep the log."
      confirmLabel="Delete webhook"
      busy={remove.isPending}
      error={remove.error ? describeError(remove.error).message : undefined}
      onConfirm={() => remove.mutate()}
    />
  );
}
