'use client';

import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { describeError, type FileRow, useTRPC } from '../../lib/trpc.ts';

/** Long enough to notice, to read and to decide. */
const UNDO_MS = 8_000;

type Props = { file: FileRow; returnFocus: HTMLElement | null; onClose: () => void };

export function DeleteFileDialog({ file, returnFocus, onClose }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: trpc.file.list.infiniteQueryKey() });
    void queries.invalidateQueries({ queryKey: trpc.project.list.queryKey() });
  };
  const restoring = {
    projectId: file.projectId,
    bulk: { ids: [file.id], action: 'restore' as const },
  };
  const restore = useMutation(
    trpc.file.bulk.mutationOptions({
      onSuccess: async ({ results: [result] }) => {
        await refresh();
        if (result?.ok === false)
          toast.error('The file was not restored', { description: result.error.message });
        else toast.success('File restored', { description: file.name });
      },
      onError: (error) =>
        toast.error('The file was not restored', { description: describeError(error).message }),
    }),
  );
  const remove = useMutation(
    trpc.file.delete.mutationOptions({
      onSuccess: async ({ restorableUntil }) => {
        await refresh();
        toast.success('File deleted', {
          description: file.name,
          ...(restorableUntil !== null && {
            duration: UNDO_MS,
            action: { label: 'Undo', onClick: () => restore.mutate(restoring) },
          }),
        });
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
          The links of <strong className="font-medium text-foreground">{file.name}</strong> stop
          working at once. It stays in the trash, and counts, for as long as the project’s rules
          say; then its bytes are erased.
        </>
      }
      confirmLabel="Delete file"
      busy={remove.isPending}
      error={remove.error ? describeError(remove.error).message : undefined}
      onConfirm={() => remove.mutate({ fileId: file.id })}
    />
  );
}
