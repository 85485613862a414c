'use client';

import { useSearchParams } from 'next/navigation';
import { OUTCOMES, type Outcome } from './log-words.ts';

export type LogFilters = {
  outcome: string;
  code: string;
  route: string;
  /** Days, as in `2026-11-22`. */
  from: string;
  to: string;
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The days in the time zone of whoever looks; the last one is meant with all its hours. */
function startOf(day: string, daysLater = 0): string | undefined {
  if (!DAY.test(day)) return undefined;
  const date = new Date(`${day}T00:00:00`);
  if (Number.isNaN(date.getTime())) return undefined;
  date.setDate(date.getDate() + daysLater);
  return date.toISOString();
}

const isOutcome = (text: string): text is Outcome => text in OUTCOMES;

/** Filters live in the URL: a copied link shows the same entries. */
export function useLogFilters(projectId: string) {
  const params = useSearchParams();
  const get = (name: keyof LogFilters) => params.get(name) ?? '';
  const filters: LogFilters = {
    outcome: get('outcome'),
    code: get('code'),
    route: get('route'),
    from: get('from'),
    to: get('to'),
  };
  const from = startOf(filters.from);
  const to = startOf(filters.to, 1);
  return {
    filters,
    isNarrowed: Object.values(filters).some((value) => value !== ''),
    input: {
      projectId,
      ...(isOutcome(filters.outcome) && { outcome: filters.outcome }),
      ...(/^[a-z_]{1,64}$/.test(filters.code) && { code: filters.code }),
      ...(filters.route && { route: filters.route.slice(0, 128) }),
      ...(from && { from }),
      ...(to && { to }),
    },
    set: (change: Partial<LogFilters>) => {
      const url = new URL(window.location.href);
      for (const [name, value] of Object.entries(change)) {
        if (value) url.searchParams.set(name, value);
        else url.searchParams.delete(name);
      }
      window.history.replaceState(null, '', url);
    },
  };
}
