'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';

const NONE = { agents: [], tags: [] };

/** Who can be an agent in the studio, and which tags it uses. */
export function useChoices(organizationId: string | undefined) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.listing.choices.queryOptions(
      organizationId === undefined ? skipToken : { organizationId },
      { staleTime: 60_000 },
    ),
  );
  return data ?? NONE;
}
