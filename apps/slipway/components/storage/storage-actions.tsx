'use client';

import { Button } from '@repo/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { Ellipsis, FolderInput, KeyRound, Stethoscope, Unplug, Upload } from 'lucide-react';
import { useRef } from 'react';
import { describeError, type ProjectStorages, useTRPC } from '../../lib/trpc.ts';
import type { Connection } from './storage-words.ts';
import { useRefreshStorages } from './use-storages.ts';

export type StorageWish = {
  what: 'move' | 'check' | 'credentials' | 'disconnect';
  storageId: string | null;
  /** Has the focus back when the question is answered. */
  button: HTMLElement | null;
};

type Props = {
  projectId: string;
  storages: ProjectStorages;
  row: Connection | null;
  name: string;
  onWish: (wish: StorageWish) => void;
};

export function StorageActions({ projectId, storages, row, name, onWish }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const use = useSendHere(projectId, name);
  const storageId = row?.id ?? null;
  const moving = storages.move?.status === 'running';
  const elsewhere = [
    { id: null, files: storages.standard.files },
    ...storages.connections.map(({ id, files }) => ({ id, files })),
  ].some(({ id, files }) => id !== storageId && files > 0);
  const wish = (what: StorageWish['what']) => () =>
    onWish({ what, storageId, button: button.current });
  // Where there is but one storage there is nothing to choose.
  if (row === null && storages.connections.length === 0) return null;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          ref={button}
          variant="ghost"
          size="icon"
          aria-label={`Actions for ${name}`}
          className="text-muted-foreground"
        >
          <Ellipsis />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem
          disabled={moving || storages.currentId === storageId || use.isPending}
          onSelect={() => use.mutate({ projectId, storageId })}
        >
          <Upload />
          Send new files here
        </DropdownMenuItem>
        <DropdownMenuItem disabled={moving || !elsewhere} onSelect={wish('move')}>
          <FolderInput />
          Move all files here
        </DropdownMenuItem>
        {row ? (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={wish('check')}>
              <Stethoscope />
              Check the bucket
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={wish('credentials')}>
              <KeyRound />
              Replace credentials
            </DropdownMenuItem>
            <DropdownMenuSeparator />
            <DropdownMenuItem tone="danger" onSelect={wish('disconnect')}>
              <Unplug />
              Disconnect
            </DropdownMenuItem>
          </>
        ) : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

export function useSendHere(projectId: string, name: string) {
  const trpc = useTRPC();
  const refresh = useRefreshStorages(projectId);
  return useMutation(
    trpc.storage.use.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast.success('New files go there now', { description: name });
      },
      onError: (error) => toast.error('Not changed', { description: describeError(error).message }),
    }),
  );
}
