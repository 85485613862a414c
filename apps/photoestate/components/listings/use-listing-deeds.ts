'use client';

import { toast } from '@repo/ui/toaster';
import { offerUndo } from '@repo/ui/undo';
import type { Selection } from '@repo/ui/use-selection';
import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { describeError, type ListingSummary, useTRPC } from '../../lib/trpc.ts';

export type ListingSelection = Selection<ListingSummary> & {
  /** How often the keyboard went to another listing. */
  moved: number;
};

type Page = { items: ListingSummary[]; nextCursor: string | null };

type Named = { id: string; address: string };

const nameOf = (rows: readonly Named[]) =>
  rows.length === 1 && rows[0] ? rows[0].address : counted(rows.length, 'listing');

/** Archiving and bringing back: shown at once, taken back when the server refuses, undone on request. */
export function useListingDeeds() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const archive = useMutation(trpc.listing.archive.mutationOptions());
  const restore = useMutation(trpc.listing.restore.mutationOptions());

  const setArchived = useCallback(
    async (rows: readonly Named[], archived: boolean, undone = false): Promise<void> => {
      if (rows.length === 0) return;
      const filter = { queryKey: trpc.listing.list.infiniteQueryKey() };
      const listingIds = rows.map(({ id }) => id);
      await queries.cancelQueries(filter);
      const before = queries.getQueriesData<InfiniteData<Page>>(filter);
      // Each list is either of archived listings or of others: they leave the one that they are in.
      queries.setQueriesData<InfiniteData<Page>>(
        filter,
        (data) => data && without(data, listingIds),
      );
      try {
        await (archived ? archive : restore).mutateAsync({ listingIds });
        const title = `${nameOf(rows)} ${archived ? 'archived' : 'restored'}`;
        if (undone) toast.success(title);
        else offerUndo(title, () => void setArchived(rows, !archived, true));
      } catch (error) {
        for (const [key, data] of before) queries.setQueryData(key, data);
        const { message, retryable } = describeError(error);
        toast.error(`${nameOf(rows)} not ${archived ? 'archived' : 'restored'}`, {
          description: message,
          ...(retryable && {
            action: { label: 'Retry', onClick: () => void setArchived(rows, archived, undone) },
          }),
        });
      } finally {
        void queries.invalidateQueries(filter);
        for (const listingId of listingIds) {
          const queryKey = trpc.listing.get.queryKey({ listingId });
          void queries.invalidateQueries({ queryKey });
        }
      }
    },
    [archive, queries, restore, trpc],
  );
  return { setArchived };
}

function without(data: InfiniteData<Page>, ids: readonly string[]): InfiniteData<Page> {
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.filter(({ id }) => !ids.includes(id)),
  }));
  return { ...data, pages };
}
