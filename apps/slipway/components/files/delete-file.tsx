'use client';

import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { describeError, type FileRow, useTRPC } from '../../lib/trpc.ts';

type Props = { file: FileRow; returnFocus: HTMLElement | null; onClose: () => void };

export function DeleteFileDialog({ file, returnFocus, onClose }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const remove = useMutation(
    trpc.file.delete.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.file.list.infiniteQueryKey() });
        void queries.invalidateQueries({ queryKey: trpc.project.list.queryKey() });
        toast.success('File deleted', { description: file.name });
        onClose();
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      returnFocus={returnFocus}
      onOpenChange={(open) => !open && onClose()}
      title="Delete this file?"
      description={
        <>
          <strong className="font-medium text-foreground">{file.name}</strong> is removed from your
          storage and its links stop working at once. This cannot be undone.
        </>
      }
      confirmLabel="Delete file"
      busy={remove.isPending}
      error={remove.error ? describeError(remove.error).message : undefined}
      onConfirm={() => remove.mutate({ fileId: file.id })}
    />
  );
}
