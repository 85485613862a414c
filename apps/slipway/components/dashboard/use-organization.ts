'use client';

import { useQuery } from '@tanstack/react-query';
import { useParams, useSearchParams } from 'next/navigation';
import { useTRPC } from '../../lib/trpc.ts';

/** The organization in the URL (its own page, or `?org=`), or else the first one. */
export function useOrganization() {
  const trpc = useTRPC();
  const { organizationId } = useParams<{ organizationId?: string }>();
  const query = useSearchParams().get('org');
  const wanted = organizationId ?? query;
  const session = useQuery(trpc.session.me.queryOptions(undefined, { staleTime: 60_000 }));
  const organizations = session.data?.organizations ?? [];
  const organization = organizations.find((each) => each.id === wanted) ?? organizations[0];
  return { organization, organizations, session };
}
