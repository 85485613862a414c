'use client';

import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter } from '@repo/ui/dialog';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, Check, Plus, Trash2 } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { describeError, type SavedView, useTRPC } from '../../lib/trpc.ts';

/** The address without what is open in it, in one order, so that two of the same are equal. */
function normal(query: string): string {
  const params = new URLSearchParams(query);
  params.delete('file');
  params.sort();
  return params.toString();
}

function show(query: string) {
  const url = new URL(window.location.href);
  url.search = query;
  window.history.pushState(null, '', url);
}

/** Searches and filters under a name: a person's own, in this project. */
export function SavedViews({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [naming, setNaming] = useState(false);
  const current = normal(useSearchParams().toString());
  const views = useQuery(trpc.savedView.list.queryOptions({ projectId }));
  const shown = views.data?.find((view) => normal(view.query) === current);
  const remove = useMutation(
    trpc.savedView.delete.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.savedView.list.queryKey() }),
      onError: (error) =>
        toast.error('The view was not deleted', { description: describeError(error).message }),
    }),
  );
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button className="max-w-48">
            <Bookmark />
            <span className="truncate">{shown?.name ?? 'Views'}</span>
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="max-w-72">
          <DropdownMenuItem onSelect={() => show('')}>
            <span className="flex-1">All files</span>
            {current === '' ? <Check /> : null}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => show('trash=true')}>
            <span className="flex-1">Trash</span>
            {current === 'trash=true' ? <Check /> : null}
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuLabel>Saved views</DropdownMenuLabel>
          <ViewItems views={views.data ?? []} shown={shown} />
          <DropdownMenuItem onSelect={() => setNaming(true)}>
            <Plus />
            Save this view
          </DropdownMenuItem>
          {shown ? (
            <DropdownMenuItem
              tone="danger"
              onSelect={() => remove.mutate({ projectId, viewId: shown.id })}
            >
              <Trash2 />
              <span className="truncate">Delete “{shown.name}”</span>
            </DropdownMenuItem>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      {naming ? (
        <NameView projectId={projectId} query={current} onClose={() => setNaming(false)} />
      ) : null}
    </>
  );
}

type ItemsProps = { views: readonly SavedView[]; shown: SavedView | undefined };

function ViewItems({ views, shown }: ItemsProps) {
  return views.map((view) => (
    <DropdownMenuItem key={view.id} onSelect={() => show(view.query)}>
      <span className="flex-1 truncate">{view.name}</span>
      {view.id === shown?.id ? <Check /> : null}
    </DropdownMenuItem>
  ));
}

type NameProps = { projectId: string; query: string; onClose: () => void };

function NameView({ projectId, query, onClose }: NameProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const save = useMutation(
    trpc.savedView.save.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.savedView.list.queryKey() });
        onClose();
      },
    }),
  );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Save this view"
        description="Search, filters and list or grid as they are now. Only you see it; a view of the same name is replaced."
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) save.mutate({ projectId, name, query });
          }}
        >
          <DialogBody>
            <Field label="Name" error={save.error ? describeError(save.error).message : undefined}>
              {(control) => (
                <Input
                  {...control}
                  value={name}
                  maxLength={60}
                  onChange={(event) => setName(event.target.value)}
                  autoComplete="off"
                />
              )}
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              type="submit"
              variant="primary"
              busy={save.isPending}
              disabled={name.trim() === ''}
            >
              Save view
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
