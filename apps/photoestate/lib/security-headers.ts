type Header = { key: string; value: string };

/**
 * Next puts its data into inline scripts, hence 'unsafe-inline'; a nonce would cost every page its
 * static form. Photos are shown from Slipway and sent straight to it, and Slipway's address is known
 * only when the server runs, so `connect-src` and `img-src` name schemes instead of hosts.
 */
function contentPolicy(dev: boolean, change: Record<string, string> = {}): string {
  return Object.entries({
    'default-src': "'self'",
    'script-src': `'self' 'unsafe-inline'${dev ? " 'unsafe-eval'" : ''}`,
    'style-src': "'self' 'unsafe-inline'",
    'font-src': "'self'",
    'img-src': "'self' data: blob: https: http:",
    'connect-src': `'self' https: http:${dev ? ' ws:' : ''}`,
    'object-src': "'none'",
    'base-uri': "'self'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    ...change,
  })
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

/** The address of a gallery is its key: no search engine, cache or other site gets to know it. */
export const galleryHeaders: Header[] = [
  { key: 'X-Robots-Tag', value: 'noindex, nofollow, noarchive, noimageindex' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Cache-Control', value: 'private, no-store' },
];

/** The API reference is a large foreign script: nothing it does may leave this origin. */
export function referenceHeaders(dev: boolean): Header[] {
  return pageHeaders(dev, {
    'img-src': "'self' data: blob:",
    'font-src': "'self' data:",
    'worker-src': "'self' blob:",
    'connect-src': `'self'${dev ? ' ws:' : ''}`,
  });
}

export function pageHeaders(dev: boolean, change: Record<string, string> = {}): Header[] {
  return [
    { key: 'Content-Security-Policy', value: contentPolicy(dev, change) },
    { key: 'X-Frame-Options', value: 'DENY' },
    { key: 'X-Content-Type-Options', value: 'nosniff' },
    { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
    { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
    { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
    // Browsers ignore it on plain http.
    { key: 'Strict-Transport-Security', value: 'max-age=31536000' },
  ];
}
