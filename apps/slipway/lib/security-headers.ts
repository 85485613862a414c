type Header = { key: string; value: string };

function policy(directives: Record<string, string>): string {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`.trim())
    .join('; ');
}

/**
 * Next puts its data into inline scripts, hence 'unsafe-inline'; a nonce would cost every page its
 * static form. The dashboard sends files straight to the storage, which is any host that the
 * operator configured, so `connect-src` and `img-src` name schemes instead of hosts.
 */
function base(dev: boolean): Record<string, string> {
  return {
    'default-src': "'self'",
    'script-src': `'self' 'unsafe-inline'${dev ? " 'unsafe-eval'" : ''}`,
    'style-src': "'self' 'unsafe-inline'",
    'font-src': "'self'",
    'img-src': "'self' data: blob: https: http:",
    'media-src': "'self' blob: https: http:",
    // PDFs, read by the page and shown in the browser's own reader.
    'frame-src': "'self' blob:",
    'connect-src': `'self' https: http:${dev ? ' ws:' : ''}`,
    'object-src': "'none'",
    'base-uri': "'self'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
}

function headers(directives: Record<string, string>): Header[] {
  return [
    { key: 'Content-Security-Policy', value: policy(directives) },
    { key: 'X-Frame-Options', value: 'DENY' },
    { key: 'X-Content-Type-Options', value: 'nosniff' },
    { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
    { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
    { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
    // Browsers ignore it on plain http.
    { key: 'Strict-Transport-Security', value: 'max-age=31536000' },
  ];
}

export function pageHeaders(dev: boolean): Header[] {
  return headers(base(dev));
}

/** The API reference is a large foreign script: nothing it does may leave this origin. */
export function referenceHeaders(dev: boolean): Header[] {
  return headers({
    ...base(dev),
    'img-src': "'self' data: blob:",
    'font-src': "'self' data:",
    'worker-src': "'self' blob:",
    'connect-src': `'self'${dev ? ' ws:' : ''}`,
  });
}
