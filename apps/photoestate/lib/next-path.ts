export const homePath = '/listings';

/**
 * Where to go after signing in: a path on this site, or the listings. Anything that a browser could
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
