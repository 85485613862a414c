'use client';

import { SavedViewsMenu } from '@repo/ui/saved-views-menu';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { describeError, useTRPC } from '../../lib/trpc.ts';

const FIXED = [
  { name: 'All files', query: '' },
  { name: 'Trash', query: 'trash=true' },
];

function show(query: string) {
  const url = new URL(window.location.href);
  url.search = query;
  window.history.pushState(null, '', url);
}

/** Searches and filters under a name: a person's own, in this project. */
export function SavedViews({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const views = useQuery(trpc.savedView.list.queryOptions({ projectId }));
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.savedView.list.queryKey() });
  const save = useMutation(trpc.savedView.save.mutationOptions({ onSuccess: refresh }));
  const remove = useMutation(
    trpc.savedView.delete.mutationOptions({
      onSuccess: refresh,
      onError: (error) =>
        toast.error('The view was not deleted', { description: describeError(error).message }),
    }),
  );
  return (
    <SavedViewsMenu
      fixed={FIXED}
      views={views.data ?? []}
      query={useSearchParams().toString()}
      apart={['file']}
      onShow={show}
      onDelete={({ id: viewId }) => remove.mutate({ projectId, viewId })}
      onSave={(name, query) => save.mutateAsync({ projectId, name, query })}
      saving={save.isPending}
      problem={save.error ? describeError(save.error).message : undefined}
      hint="Search, filters and list or grid as they are now."
    />
  );
}
