'use client';

import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { PageHeader } from '@repo/ui/page-header';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Images, SearchX } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type RefObject, useRef, useState } from 'react';
import { isMoving } from '../../lib/listing-status.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';
import { useShortcuts } from '../shortcuts/shortcuts.tsx';
import { CreateListingDialog, NewListingButton } from './create-listing.tsx';
import { ListingCard } from './listing-card.tsx';
import { ListingToolbar } from './listing-toolbar.tsx';
import { ListingsSkeleton, listingGrid } from './listings-skeleton.tsx';
import { useListingFilters } from './use-listing-filters.ts';

export function Listings() {
  const trpc = useTRPC();
  const filters = useListingFilters();
  const [creating, setCreating] = useState(false);
  const grid = useRef<HTMLUListElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const listings = useInfiniteQuery(
    trpc.listing.list.infiniteQueryOptions(
      {
        ...(filters.q ? { q: filters.q } : {}),
        ...(filters.status ? { status: filters.status } : {}),
      },
      {
        getNextPageParam: (page) => page.nextCursor ?? undefined,
        placeholderData: (previous) => previous,
        // Covers and counts move on while photos are worked on.
        refetchInterval: ({ state }) =>
          state.data?.pages.some((page) => page.items.some(({ status }) => isMoving(status)))
            ? 4000
            : false,
      },
    ),
  );
  useListingKeys({ grid, search, create: () => setCreating(true) });
  const items = listings.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = filters.q !== '' || filters.status !== undefined;
  const nothingYet = listings.isSuccess && items.length === 0 && !filtered;

  return (
    <div className="mx-auto max-w-7xl px-4 py-6 sm:px-6 sm:py-8">
      <PageHeader
        title="Listings"
        description="One listing is one property: its shoot, its scenes, its finished photos."
        actions={nothingYet ? null : <NewListingButton onClick={() => setCreating(true)} />}
      />
      {nothingYet ? null : <ListingToolbar filters={filters} searchRef={search} />}
      <div className="mt-6">
        {listings.isError && !listings.data ? (
          <LoadFailed title="Your listings could not be loaded" queries={[listings]} titled />
        ) : listings.isPending ? (
          <ListingsSkeleton bare />
        ) : items.length === 0 ? (
          <Nothing filtered={filtered} filters={filters} onCreate={() => setCreating(true)} />
        ) : (
          <ul ref={grid} className={listingGrid} aria-busy={listings.isPlaceholderData}>
            {items.map((listing, index) => (
              <ListingCard key={listing.id} listing={listing} eager={index < 4} />
            ))}
          </ul>
        )}
        {listings.hasNextPage ? (
          <div className="mt-8 flex justify-center">
            <Button
              busy={listings.isFetchingNextPage}
              onClick={() => void listings.fetchNextPage()}
            >
              Show more
            </Button>
          </div>
        ) : null}
      </div>
      <CreateListingDialog open={creating} onOpenChange={setCreating} />
    </div>
  );
}

type Keys = {
  grid: RefObject<HTMLUListElement | null>;
  search: RefObject<HTMLInputElement | null>;
  create: () => void;
};

function useListingKeys({ grid, search, create }: Keys): void {
  const router = useRouter();
  const step = (by: number) => {
    const links = Array.from(grid.current?.querySelectorAll<HTMLElement>('a[data-listing]') ?? []);
    const at = links.findIndex((link) => link.matches(':focus'));
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
  };
  useShortcuts([
    {
      keys: ['ArrowRight', 'j'],
      label: 'Next listing',
      group: 'Listings',
      repeats: true,
      run: () => step(1),
    },
    {
      keys: ['ArrowLeft', 'k'],
      label: 'Previous listing',
      group: 'Listings',
      repeats: true,
      run: () => step(-1),
    },
    { keys: ['n'], label: 'New listing', group: 'Listings', run: create },
    { keys: ['/'], label: 'Search', group: 'Listings', run: () => search.current?.focus() },
    { keys: [','], label: 'Account', group: 'Listings', run: () => router.push('/account') },
  ]);
}

type NothingProps = {
  filtered: boolean;
  filters: ReturnType<typeof useListingFilters>;
  onCreate: () => void;
};

function Nothing({ filtered, filters, onCreate }: NothingProps) {
  if (filtered) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="No listing matches"
        description="Try another part of the address, or look in every status."
        action={
          <Button onClick={() => filters.set({ q: '', status: undefined })}>
            Show all listings
          </Button>
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
