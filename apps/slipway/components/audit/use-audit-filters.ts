'use client';

import { useSearchParams } from 'next/navigation';

export type AuditFilters = {
  entry: string;
  actor: string;
  action: string;
  /** Days, as in `2026-11-22`. */
  from: string;
  to: string;
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** The days in the time zone of whoever looks; the last one is meant with all its hours. */
const startOf = (day: string) => (DAY.test(day) ? new Date(`${day}T00:00:00`) : undefined);

/** Filters live in the URL: a copied link shows the same entries. */
export function useAuditFilters(organizationId: string) {
  const params = useSearchParams();
  const get = (name: keyof AuditFilters) => params.get(name) ?? '';
  const filters: AuditFilters = {
    entry: get('entry'),
    actor: get('actor'),
    action: get('action'),
    from: get('from'),
    to: get('to'),
  };
  const from = startOf(filters.from);
  const last = startOf(filters.to);
  return {
    filters,
    isNarrowed: Object.values(filters).some((value) => value !== ''),
    input: {
      organizationId,
      ...(filters.entry && { entryId: filters.entry }),
      ...(filters.actor && { actorId: filters.actor }),
      ...(filters.action && { action: filters.action }),
      ...(from && { from }),
      ...(last && { to: new Date(last.getTime() + DAY_MS) }),
    },
    set: (change: Partial<AuditFilters>) => {
      const url = new URL(window.location.href);
      for (const [name, value] of Object.entries(change)) {
        if (value) url.searchParams.set(name, value);
        else url.searchParams.delete(name);
      }
      window.history.replaceState(null, '', url);
    },
  };
}
