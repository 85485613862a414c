/** Leads to the listings, or clients to what was delivered to them. */
export const homePath = '/home';

/**
 * Where to go after signing in: a path on this site, or the way home. Anything that a browser could
 * read as another host (`//host`, `/\host`, a scheme) is not a path.
 */
export function safeNextPath(next: string | string[] | null | undefined): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return homePath;
  const base = 'http://photoestate.invalid';
  const url = URL.canParse(next, base) ? new URL(next, base) : undefined;
  if (url?.origin !== base) return homePath;
  return `${url.pathname}${url.search}${url.hash}`;
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
