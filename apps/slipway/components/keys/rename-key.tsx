'use client';

import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { NameDialog } from '../panel/name-form.tsx';
import type { KeyDialogProps } from './key-actions.tsx';
import { useRefreshKeys } from './use-keys.ts';

export function RenameKeyDialog({ projectId, apiKey, returnFocus, onClose }: KeyDialogProps) {
  const trpc = useTRPC();
  const refresh = useRefreshKeys(projectId);
  const rename = useMutation(
    trpc.apiKey.rename.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
      },
    }),
  );
  return (
    <NameDialog
      title="Rename key"
      name={apiKey.name}
      submitLabel="Rename"
      saving={rename}
      onName={(name) => rename.mutate({ projectId, keyId: apiKey.id, name })}
      onClose={onClose}
      returnFocus={returnFocus}
    />
  );
}
