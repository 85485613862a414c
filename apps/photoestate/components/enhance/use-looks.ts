'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';

/** The looks on offer in a listing's studio: ours, and its own. */
export function useLooks(listingId: string) {
  const trpc = useTRPC();
  const listing = useQuery(trpc.listing.get.queryOptions({ listingId }));
  const organizationId = listing.data?.organizationId;
  const looks = useQuery(
    trpc.look.list.queryOptions(organizationId === undefined ? skipToken : { organizationId }, {
      staleTime: 30_000,
    }),
  );
  return { organizationId, looks };
}
