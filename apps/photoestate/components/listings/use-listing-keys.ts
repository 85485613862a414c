'use client';

import { undoLatest } from '@repo/ui/undo';
import { useRouter } from 'next/navigation';
import type { RefObject } from 'react';
import type { ListingSummary } from '../../lib/trpc.ts';
import { useShortcuts } from '../shortcuts/shortcuts.tsx';
import type { ListingSelection } from './use-listing-deeds.ts';
import type { ListingFilters } from './use-listing-filters.ts';

type Keys = {
  selection: ListingSelection;
  filters: ListingFilters;
  search: RefObject<HTMLInputElement | null>;
  columns: number;
  step: (by: number, range?: boolean) => void;
  create: () => void;
  setArchived: (rows: readonly ListingSummary[], archived: boolean) => void;
};

const MOVING = 'Moving and selecting';
const LISTINGS = 'Listings';

/** The same keys among cards and rows. */
export function useListingKeys(keys: Keys): void {
  const { selection, filters, search, columns, step, create, setArchived } = keys;
  const router = useRouter();
  const { active, chosen } = selection;
  const archived = filters.status === 'archived';
  // All that is selected, or else where the keyboard is.
  const meant = chosen.length > 0 ? chosen : active ? [active] : [];
  const down = { group: MOVING, repeats: true };
  useShortcuts([
    { ...down, keys: ['j', 'ArrowRight'], label: 'Next listing', run: () => step(1) },
    { ...down, keys: ['k', 'ArrowLeft'], label: 'Previous listing', run: () => step(-1) },
    { ...down, keys: ['ArrowDown'], label: 'Next line', run: () => step(columns) },
    { ...down, keys: ['ArrowUp'], label: 'Previous line', run: () => step(-columns) },
    {
      ...down,
      keys: ['Shift+ArrowDown', 'Shift+ArrowRight'],
      label: 'Select on the way down',
      run: ({ key }) => step(key === 'ArrowDown' ? columns : 1, true),
    },
    {
      ...down,
      keys: ['Shift+ArrowUp', 'Shift+ArrowLeft'],
      label: 'Select on the way up',
      run: ({ key }) => step(key === 'ArrowUp' ? -columns : -1, true),
    },
    {
      keys: ['x'],
      label: 'Select',
      group: MOVING,
      run: () => active && selection.hit(active.id, 'toggle'),
    },
    {
      keys: ['Mod+a'],
      label: 'Select all that is loaded',
      group: MOVING,
      run: selection.all,
    },
    { keys: ['Escape'], label: 'Select none', group: MOVING, run: selection.clear },
    {
      keys: ['Enter'],
      label: 'Open',
      group: LISTINGS,
      scope: 'listings',
      run: () => active && router.push(`/listings/${active.id}`),
    },
    { keys: ['n'], label: 'New listing', group: LISTINGS, run: create },
    { keys: ['/'], label: 'Search', group: LISTINGS, run: () => search.current?.focus() },
    {
      keys: ['e'],
      label: archived ? 'Restore' : 'Archive',
      group: LISTINGS,
      run: () => {
        selection.clear();
        setArchived(meant, !archived);
      },
    },
    {
      keys: ['v'],
      label: filters.view === 'table' ? 'Show as cards' : 'Show as rows',
      group: LISTINGS,
      run: () => filters.set({ view: filters.view === 'table' ? undefined : 'table' }),
    },
    { keys: ['Mod+z'], label: 'Undo', group: LISTINGS, run: undoLatest },
    { keys: [','], label: 'Account', group: LISTINGS, run: () => router.push('/account') },
  ]);
}
