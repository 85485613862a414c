'use client';

import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import type { KeyDialogProps } from './key-actions.tsx';
import { useRefreshKeys } from './use-keys.ts';

export function RevokeKeyDialog({ projectId, apiKey, returnFocus, onClose }: KeyDialogProps) {
  const trpc = useTRPC();
  const refresh = useRefreshKeys(projectId);
  const revoke = useMutation(
    trpc.apiKey.revoke.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast.success('Key revoked', { description: apiKey.name });
        onClose();
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Revoke “${apiKey.name}”?`}
      description={
        <>
          The key ending in <code className="font-mono">{apiKey.last4}</code> stops working at once,
          with the upload tokens that it made. This cannot be undone. To change it without an
          interruption, roll it.
        </>
      }
      confirmLabel="Revoke key"
      busy={revoke.isPending}
      error={revoke.error ? describeError(revoke.error).message : undefined}
      returnFocus={returnFocus}
      onConfirm={() => revoke.mutate({ projectId, keyId: apiKey.id })}
    />
  );
}
