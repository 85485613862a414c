'use client';

import { SavedViewsMenu } from '@repo/ui/saved-views-menu';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { showView } from './use-listing-filters.ts';

const FIXED = [
  { name: 'All listings', query: '' },
  { name: 'To review', query: 'status=review' },
  { name: 'Archive', query: 'status=archived' },
];

/** A member's own views of a studio's listings. */
export function SavedViews({ organizationId, query }: { organizationId: string; query: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const views = useQuery(trpc.savedView.list.queryOptions({ organizationId }));
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
      query={query}
      onShow={showView}
      onDelete={({ id: viewId }) => remove.mutate({ organizationId, viewId })}
      onSave={(name, kept) => save.mutateAsync({ organizationId, name, query: kept })}
      saving={save.isPending}
      problem={save.error ? describeError(save.error).message : undefined}
      hint="Search, filters, order, and cards or rows as they are now."
    />
  );
}
