import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** What came along with the page, by the keys that it is asked for by. */
export type KnownEntries = readonly (readonly [QueryKey, unknown])[];

/** In milliseconds: a page is drawn and arrives within that. */
const DRAWING = 30_000;

const KEY = 'made-at';
let lastMade = Number.NEGATIVE_INFINITY;

/** A change was made by the server; a page that it was drawing, also one that follows this one, may not know of it. */
export function noteMade(): void {
  lastMade = Date.now();
  try {
    sessionStorage.setItem(KEY, String(lastMade));
  } catch {
    // A browser that keeps nothing: the next page shows what it came with.
  }
}

function wasMadeLately(): boolean {
  let before = lastMade;
  try {
    before = Math.max(before, Number(globalThis.sessionStorage?.getItem(KEY) ?? 0));
  } catch {}
  return Date.now() - before < DRAWING;
}

/**
 * Takes up what is not known yet. Changes of the page before may have been made while this one was on its way: who
 * asked anew then asked for nothing that was there, so what came is shown, and asked for once more.
 */
export function learn(queries: QueryClient, entries: KnownEntries, at: number): void {
  const isOlder = wasMadeLately();
  for (const [queryKey, data] of entries) {
    if (queries.getQueryData(queryKey) !== undefined) continue;
    queries.setQueryData(queryKey, data, { updatedAt: at });
    if (isOlder) void queries.invalidateQueries({ queryKey, refetchType: 'none' });
  }
}
