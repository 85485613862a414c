'use client';

import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { PageHeader } from '@repo/ui/page-header';
import { useSelection } from '@repo/ui/use-selection';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Archive, Images, SearchX } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { FirstView } from '../../lib/first-view.ts';
import { toPageInput } from '../../lib/listing-filters.ts';
import { isMoving } from '../../lib/listing-status.ts';
import { type ListingPage, useTRPC } from '../../lib/trpc.ts';
import { Known } from '../known.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { CreateListingDialog, NewListingButton, useCreating } from './create-listing.tsx';
import { ListingGrid } from './listing-grid.tsx';
import { ListingToolbar } from './listing-toolbar.tsx';
import { ListingsSkeleton } from './listings-skeleton.tsx';
import { useArchiving, useListingDeeds } from './use-listing-deeds.ts';
import { type ListingFilters, useListingFilters } from './use-listing-filters.ts';
import { useListingKeys } from './use-listing-keys.ts';

/** Lists longer than this are not asked for again and again while something moves in them. */
const MOST_WATCHED = 200;

function useListings(filters: ListingFilters) {
  const trpc = useTRPC();
  return useInfiniteQuery(
    trpc.listing.list.infiniteQueryOptions(toPageInput(filters), {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: (previous) => previous,
      // Covers and counts move on while photos are worked on.
      refetchInterval: ({ state }) => {
        const rows = state.data?.pages.flatMap((page) => page.items) ?? [];
        return rows.length < MOST_WATCHED && rows.some(({ status }) => isMoving(status))
          ? 4000
          : false;
      },
    }),
  );
}

/** The list that a page came with is the one of its own address. */
export function Listings({ first }: { first: FirstView<ListingPage> | undefined }) {
  const trpc = useTRPC();
  const filters = useListingFilters();
  if (first === undefined) return <Content />;
  const pages = { pages: [first.data], pageParams: [undefined] };
  const key = trpc.listing.list.infiniteQueryKey(toPageInput(filters));
  return (
    <Known entries={[[key, pages]]} at={first.at}>
      <Content />
    </Known>
  );
}

function Content() {
  const filters = useListingFilters();
  const creating = useCreating();
  const [columns, setColumns] = useState(1);
  const [moved, setMoved] = useState(0);
  const search = useRef<HTMLInputElement>(null);
  const listings = useListings(filters);
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = listings;
  const archived = filters.status === 'archived';
  const archiving = useArchiving();
  const rows = useMemo(
    () =>
      // Each list is either of archived listings or of others: they leave the one that they are in.
      data?.pages
        .flatMap((page) => page.items)
        .filter(({ id }) => (archiving.get(id) ?? archived) === archived) ?? [],
    [data, archiving, archived],
  );
  const selection = { ...useSelection(rows), moved };
  const { setArchived } = useListingDeeds();
  const step = (by: number, range?: boolean) => {
    selection.move(by, range);
    setMoved((count) => count + 1);
  };
  const create = () => creating.onOpenChange(true);
  useListingKeys({ selection, filters, search, columns, step, create, setArchived });
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  const narrowed = filters.active.length > 0;
  const nothingYet = listings.isSuccess && rows.length === 0 && !narrowed;
  const { chosen } = selection;

  return (
    <div className="mx-auto max-w-[112rem] px-4 py-6 pb-24 sm:px-6 sm:py-8 sm:pb-24">
      <PageHeader
        title="Listings"
        description="One listing is one property: its shoot, its scenes, its finished photos."
        actions={nothingYet ? null : <NewListingButton onClick={create} />}
      />
      <ListingToolbar filters={filters} searchRef={search} />
      <div className="mt-6">
        {listings.isError && !data ? (
          <LoadFailed title="Your listings could not be loaded" queries={[listings]} titled />
        ) : listings.isPending ? (
          <ListingsSkeleton />
        ) : rows.length === 0 && !hasNextPage ? (
          <Nothing filters={filters} onCreate={create} />
        ) : (
          <ListingGrid
            rows={rows}
            selection={selection}
            filters={filters}
            dimmed={listings.isPlaceholderData}
            onMore={hasNextPage && !isFetchingNextPage ? more : null}
            onColumns={setColumns}
          />
        )}
      </div>
      {chosen.length > 0 ? (
        <BulkBar
          count={chosen.length}
          archived={archived}
          onClear={selection.clear}
          onArchive={() => {
            selection.clear();
            setArchived(chosen, !archived);
          }}
        />
      ) : null}
      <CreateListingDialog {...creating} studio={filters.studio} />
    </div>
  );
}

function Nothing({ filters, onCreate }: { filters: ListingFilters; onCreate: () => void }) {
  const { active, status, clear, set } = filters;
  if (status === 'archived' && active.length === 1) {
    return (
      <EmptyState
        icon={<Archive />}
        title="The archive is empty"
        description="Archived listings keep their photos and results, and come back with one key."
        action={<Button onClick={clear}>Show all listings</Button>}
      />
    );
  }
  if (active.length > 0) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="No listing matches"
        description="Try another part of the address, another tag or agent, or look among archived ones."
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <Button onClick={clear}>Show all listings</Button>
            {status === undefined ? (
              <Button onClick={() => set({ status: 'archived' })}>Look in the archive</Button>
            ) : null}
          </div>
        }
      />
    );
  }
  return (
    <div className="rounded-lg border border-border-strong border-dashed">
      <EmptyState
        icon={<Images />}
        title="Start with a property"
        description="Make a listing, drop the shoot onto it, and get finished photos back. Brackets are grouped by themselves."
        action={<NewListingButton onClick={onCreate} />}
      />
    </div>
  );
}
