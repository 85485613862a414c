'use client';

import { SavedViews as Views } from '@repo/ui/saved-views';
import { useSearchParams } from 'next/navigation';
import { describeError, useTRPCClient } from '../../lib/trpc.ts';

const FIXED = [
  { name: 'All files', query: '' },
  { name: 'Trash', query: 'trash=true' },
];

function show(query: string) {
  const url = new URL(window.location.href);
  url.search = query;
  window.history.pushState(null, '', url);
}

/** Searches and filters under a name: a person's own, in this project. */
export function SavedViews({ projectId }: { projectId: string }) {
  const client = useTRPCClient();
  return (
    <Views
      place={{ projectId }}
      api={client.savedView}
      describe={describeError}
      fixed={FIXED}
      query={useSearchParams().toString()}
      apart={['file']}
      onShow={show}
      hint="Search, filters and list or grid as they are now."
    />
  );
}
