'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { isListingStatus } from '../../lib/listing-status.ts';
import { isShot, shotDays } from '../../lib/shot-days.ts';
import type { ListingSort, ListingStatus } from '../../lib/trpc.ts';

export const sortChoices = [
  { value: 'created', label: 'Newest first' },
  { value: 'changed', label: 'Recently changed' },
  { value: 'shoot', label: 'Shoot date' },
  { value: 'address', label: 'Address A–Z' },
] as const satisfies readonly { value: ListingSort; label: string }[];

export type Filters = {
  q: string;
  studio: string | undefined;
  status: ListingStatus | undefined;
  agent: string | undefined;
  tag: string | undefined;
  /** Days of the shoot; see `shotDays`. */
  shot: string | undefined;
  sort: ListingSort;
  view: 'grid' | 'table';
};

/** What narrows the list: the others say how it looks. */
const narrowing = ['q', 'studio', 'status', 'agent', 'tag', 'shot'] as const;
type AddressName = (typeof narrowing)[number] | 'sort' | 'view';
type SetFilters = (change: Partial<Record<AddressName, string | undefined>>) => void;

function readFilters(params: URLSearchParams): Filters {
  const [status, shot] = [params.get('status'), params.get('shot')];
  return {
    q: params.get('q') ?? '',
    studio: params.get('studio') || undefined,
    status: isListingStatus(status) ? status : undefined,
    agent: params.get('agent') || undefined,
    tag: params.get('tag') || undefined,
    shot: isShot(shot) ? shot : undefined,
    sort: sortChoices.find(({ value }) => value === params.get('sort'))?.value ?? 'created',
    view: params.get('view') === 'table' ? 'table' : 'grid',
  };
}

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

/** The same as the API takes it. What is typed with a `#` before it is a tag. */
export function toListInput({ q, studio, status, agent, tag, shot, sort }: Filters) {
  const typed = q.startsWith('#') ? q.slice(1).trim().toLowerCase() : '';
  const wanted = typed || tag;
  return {
    sort,
    ...(q && !q.startsWith('#') && { q }),
    ...(studio && { organizationId: studio }),
    ...(status && { status }),
    ...(agent && { agentId: agent }),
    ...(wanted && { tag: wanted }),
    ...shotDays(shot, new Date()),
  };
}
