'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';

/** Where the person sees listings, and where they may change them; most belong to one studio. */
export function useStudios() {
  const trpc = useTRPC();
  const { data: me } = useQuery(trpc.session.me.queryOptions());
  const all = me?.organizations ?? [];
  return {
    studios: all.filter(({ permissions }) => permissions.includes('listing.read')),
    editable: all.filter(({ permissions }) => permissions.includes('listing.edit')),
  };
}
