/** Stands for this site: whatever ends up elsewhere was no path. */
const SITE = 'http://site.invalid';

/**
 * The path on this site that an address from outside names, or the other one. Anything that a browser could read
 * as another host (`//host`, `/\host`, `/.//host`, a scheme) is not a path.
 */
export function safePath(asked: unknown, otherwise: string): string {
  if (typeof asked !== 'string' || !/^\/(?![/\\])/.test(asked)) return otherwise;
  const url = URL.canParse(asked, SITE) ? new URL(asked, SITE) : undefined;
  if (url?.origin !== SITE) return otherwise;
  const path = `${url.pathname}${url.search}${url.hash}`;
  // Its dots are gone now, and may have hidden two slashes behind each other.
  return path.startsWith('//') ? otherwise : path;
}
