'use client';

import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import type { Connection } from './storage-words.ts';
import { useRefreshStorages } from './use-storages.ts';

type Props = {
  projectId: string;
  connection: Connection;
  returnFocus: HTMLElement | null;
  onClose: () => void;
};

export function DisconnectDialog({ projectId, connection, returnFocus, onClose }: Props) {
  const trpc = useTRPC();
  const refresh = useRefreshStorages(projectId);
  const [leaveRest, setLeaveRest] = useState(false);
  const disconnect = useMutation(
    trpc.storage.disconnect.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast.success('Bucket disconnected', { description: connection.name });
        onClose();
      },
      // Only this refusal has a way around it: what is yet to be removed stays in the bucket.
      onError: (error) => setLeaveRest('rest' in describeError(error).details),
    }),
  );
  return (
    <ConfirmDialog
      open
      returnFocus={returnFocus}
      onOpenChange={(open) => !open && onClose()}
      title={`Disconnect ${connection.name}?`}
      description="Slipway forgets the bucket and its credentials. Nothing in the bucket is changed."
      confirmLabel={leaveRest ? 'Disconnect and leave them' : 'Disconnect'}
      busy={disconnect.isPending}
      error={disconnect.error ? describeError(disconnect.error).message : undefined}
      onConfirm={() => disconnect.mutate({ projectId, storageId: connection.id, leaveRest })}
    />
  );
}
