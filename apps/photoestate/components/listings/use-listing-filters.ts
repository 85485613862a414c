'use client';

import { useSearchParams } from 'next/navigation';
import { isListingStatus } from '../../lib/listing-status.ts';
import type { ListingStatus } from '../../lib/trpc.ts';

export type Filters = { q: string; status: ListingStatus | undefined };

/** Search and status live in the URL: sharing the link shows the same listings. */
export function useListingFilters(): Filters & { set: (change: Partial<Filters>) => void } {
  const params = useSearchParams();
  const status = params.get('status');
  const filters: Filters = {
    q: params.get('q') ?? '',
    status: isListingStatus(status) ? status : undefined,
  };
  return {
    ...filters,
    set: (change) => {
      const next = { ...filters, ...change };
      const query = new URLSearchParams();
      if (next.q) query.set('q', next.q);
      if (next.status) query.set('status', next.status);
      const text = query.toString();
      window.history.replaceState(null, '', text ? `?${text}` : window.location.pathname);
    },
  };
}
