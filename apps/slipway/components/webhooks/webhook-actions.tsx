'use client';

import { Button } from '@repo/ui/button';
import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { Dialog, DialogContent } from '@repo/ui/dialog';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { Ellipsis, Pause, Pencil, Play, RotateCcw, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { ReplayDialog } from './replay-dialog.tsx';
import { useRefreshWebhooks } from './use-webhooks.ts';
import { WebhookForm } from './webhook-form.tsx';
import type { EndpointProps } from './webhook-panel.tsx';

type Wish = 'edit' | 'replay' | 'delete';

export function WebhookActions({ projectId, webhook }: EndpointProps) {
  const trpc = useTRPC();
  const refresh = useRefreshWebhooks();
  const button = useRef<HTMLButtonElement>(null);
  const [wish, setWish] = useState<Wish>();
  const toggle = useMutation(
    trpc.webhook.update.mutationOptions({
      onSuccess: async ({ enabled }) => {
        toast.success(enabled ? 'Webhook enabled' : 'Webhook disabled');
        await refresh();
      },
      onError: (error) => toast.error('Not changed', { description: describeError(error).message }),
    }),
  );
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
          <DropdownMenuItem
            onSelect={() =>
              toggle.mutate({ projectId, endpointId: webhook.id, enabled: !webhook.enabled })
            }
          >
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
      {wish === 'edit' ? (
        <EditDialog projectId={projectId} webhook={webhook} onClose={close} />
      ) : null}
      {wish === 'replay' ? (
        <ReplayDialog projectId={projectId} webhook={webhook} onClose={close} />
      ) : null}
      {wish === 'delete' ? (
        <DeleteDialog projectId={projectId} webhook={webhook} onClose={close} />
      ) : null}
    </>
  );
}

type DialogProps = EndpointProps & { onClose: () => void };

function EditDialog({ projectId, webhook, onClose }: DialogProps) {
  const trpc = useTRPC();
  const refresh = useRefreshWebhooks();
  const update = useMutation(
    trpc.webhook.update.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
      },
    }),
  );
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title="Edit webhook" className="max-w-lg">
        <WebhookForm
          webhook={webhook}
          submitLabel="Save"
          busy={update.isPending}
          problem={update.error ? describeError(update.error).message : undefined}
          onSubmit={({ signing: _, ...wish }) =>
            update.mutate({ projectId, endpointId: webhook.id, ...wish })
          }
        />
      </DialogContent>
    </Dialog>
  );
}

function DeleteDialog({ projectId, webhook, onClose }: DialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const refresh = useRefreshWebhooks();
  const remove = useMutation(
    trpc.webhook.delete.mutationOptions({
      onSuccess: async () => {
        toast.success('Webhook deleted', { description: webhook.url });
        router.push(`/projects/${encodeURIComponent(projectId)}/webhooks`);
        await refresh();
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Delete this webhook?"
      description="It gets nothing any more, and its log goes with it. This cannot be undone; disable it to keep the log."
      confirmLabel="Delete webhook"
      busy={remove.isPending}
      error={remove.error ? describeError(remove.error).message : undefined}
      onConfirm={() => remove.mutate({ projectId, endpointId: webhook.id })}
    />
  );
}
