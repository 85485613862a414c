'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { type AddressName, narrowing, readFilters } from '../../lib/listing-filters.ts';

type SetFilters = (change: Partial<Record<AddressName, string | undefined>>) => void;

/** Next follows the address bar; no request to the server is needed for it. */
const set: SetFilters = (change) => {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(change)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  if (url.href !== window.location.href) window.history.replaceState(null, '', url);
};

const clear = () => set(Object.fromEntries(narrowing.map((name) => [name, undefined])));

/** Another view, to which going back leads, too. */
export function showView(query: string): void {
  const url = new URL(window.location.href);
  url.search = query;
  window.history.pushState(null, '', url);
}

/** Search, filters, order and view live in the URL: sharing the link shows the same listings. */
export function useListingFilters() {
  const params = useSearchParams();
  return useMemo(() => {
    const active = narrowing.filter((name) => params.get(name));
    return { ...readFilters(params), query: params.toString(), active, set, clear };
  }, [params]);
}

export type ListingFilters = ReturnType<typeof useListingFilters>;
