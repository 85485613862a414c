/** Where a request comes from, as far as cross-site rules care. */
export type OriginVerdict = 'same' | 'allowed' | 'forbidden';

/**
 * Whether the page that sent a request may use this handler. Requests without an `Origin` do not come
 * from a page's script. Browsers do not let scripts set any of the headers read here.
 */
export function judgeOrigin(request: Request, allowed: readonly string[]): OriginVerdict {
  const origin = request.headers.get('origin');
  if (!origin) return 'same';
  if (request.headers.get('sec-fetch-site') === 'same-origin') return 'same';
  if (allowed.includes(origin)) return 'allowed';
  const host = URL.canParse(origin) ? new URL(origin).host : null;
  const own = [
    request.headers.get('host'),
    request.headers.get('x-forwarded-host')?.split(',')[0]?.trim(),
    new URL(request.url).host,
  ];
  return host !== null && own.includes(host) ? 'same' : 'forbidden';
}

/** The CORS headers for a page on another, allowed origin. */
export function corsHeaders(request: Request): Record<string, string> {
  return {
    'access-control-allow-origin': request.headers.get('origin') ?? '',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers':
      request.headers.get('access-control-request-headers') ?? 'content-type',
    'access-control-max-age': '600',
    vary: 'Origin',
  };
}
