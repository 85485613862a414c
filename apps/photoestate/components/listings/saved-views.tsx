'use client';

import { SavedViews as Views } from '@repo/ui/saved-views';
import { describeError, useTRPCClient } from '../../lib/trpc.ts';
import { showView } from './use-listing-filters.ts';

const FIXED = [
  { name: 'All listings', query: '' },
  { name: 'To deliver', query: 'status=review' },
  { name: 'Archive', query: 'status=archived' },
];

/** A member's own views of a studio's listings. */
export function SavedViews({ organizationId, query }: { organizationId: string; query: string }) {
  const client = useTRPCClient();
  return (
    <Views
      place={{ organizationId }}
      api={client.savedView}
      describe={describeError}
      fixed={FIXED}
      query={query}
      onShow={showView}
      hint="Search, filters, order, and cards or rows as they are now."
    />
  );
}
