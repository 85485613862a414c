'use client';

import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { formatBytes, formatNumber } from '@repo/ui/format';
import { useMutation } from '@tanstack/react-query';
import { describeError, type ProjectStorages, useTRPC } from '../../lib/trpc.ts';
import type { StorageWish } from './storage-actions.tsx';
import { nameOf } from './storage-words.ts';
import { useRefreshStorages } from './use-storages.ts';

type Props = {
  projectId: string;
  storages: ProjectStorages;
  wish: Pick<StorageWish, 'storageId' | 'button'>;
  onClose: () => void;
  onStarted?: () => void;
};

export function MoveDialog({ projectId, storages, wish, onClose, onStarted }: Props) {
  const trpc = useTRPC();
  const refresh = useRefreshStorages(projectId);
  const { storageId } = wish;
  const start = useMutation(
    trpc.storage.startMove.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
        onStarted?.();
      },
    }),
  );
  const elsewhere = [{ id: null, ...storages.standard }, ...storages.connections].filter(
    ({ id }) => id !== storageId,
  );
  const files = elsewhere.reduce((sum, one) => sum + one.files, 0);
  const bytes = elsewhere.reduce((sum, one) => sum + one.bytes, 0);
  return (
    <ConfirmDialog
      open
      returnFocus={wish.button}
      onOpenChange={(open) => !open && onClose()}
      tone="primary"
      title={`Move all files to ${nameOf(storages, storageId)}?`}
      description={
        <>
          <p>
            {formatNumber(files)} {files === 1 ? 'file' : 'files'} with {formatBytes(bytes)} are
            copied, compared with their digests, and only then served from there. Uploads, downloads
            and deletions go on all the while, and new files go there from now on.
          </p>
          <p className="mt-2">You may leave this page, and cancel at any time.</p>
        </>
      }
      confirmLabel="Move files"
      busy={start.isPending}
      error={start.error ? describeError(start.error).message : undefined}
      onConfirm={() => start.mutate({ projectId, storageId })}
    />
  );
}
