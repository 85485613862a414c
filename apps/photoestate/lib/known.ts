import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** What came along with the page, by the keys that it is asked for by. */
export type KnownEntries = readonly (readonly [QueryKey, unknown])[];

/** In milliseconds: a page is drawn and arrives within that. */
const DRAWING = 30_000;

let lastMade = Number.NEGATIVE_INFINITY;

/** A change was made by the server; pages that it was drawing may not know of it. */
export function noteMade(): void {
  lastMade = performance.now();
}

/**
 * Takes up what is not known yet. Changes of the page before may have been made while this one was on its way: who
 * asked anew then asked for nothing that was there, so what came is shown, and asked for once more.
 */
export function learn(queries: QueryClient, entries: KnownEntries, at: number): void {
  const isOlder = performance.now() - lastMade < DRAWING;
  for (const [queryKey, data] of entries) {
    if (queries.getQueryData(queryKey) !== undefined) continue;
    queries.setQueryData(queryKey, data, { updatedAt: at });
    if (isOlder) void queries.invalidateQueries({ queryKey, refetchType: 'none' });
  }
}
