'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';

/** Where new listings go: the first organization that the person belongs to. */
export function useOrganization() {
  const trpc = useTRPC();
  const me = useQuery(trpc.session.me.queryOptions());
  return { me, organizationId: me.data?.organizations[0]?.id };
}
