import { safePath } from '@repo/ui/auth/safe-path';

/** Leads to the listings, or clients to what was delivered to them. */
export const homePath = '/home';

/** Where to go after signing in: a path on this site, or the way home. */
export function safeNextPath(next: string | string[] | null | undefined): string {
  return safePath(next, homePath);
}

export function signInPath(next: string): string {
  return `/sign-in?next=${encodeURIComponent(next)}`;
}

/** A page's search parameters as they stood in its address. */
export function queryOf(params: Record<string, string | string[] | undefined>): string {
  const kept = Object.entries(params).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const query = new URLSearchParams(kept).toString();
  return query ? `?${query}` : '';
}
