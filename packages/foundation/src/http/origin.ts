import type { MiddlewareHandler } from 'hono';
import { appError } from '../errors/index.ts';
import type { KernelEnv } from './kernel.ts';

/**
 * The public address plus, where that is a loopback one, its other names: a
 * browser at `localhost` and one at `127.0.0.1` are two origins to it.
 */
export function originsOf(publicUrl: string): string[] {
  const url = new URL(publicUrl);
  const origins = [url.origin];
  if (['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      origins.push(`${url.protocol}//${host}${url.port === '' ? '' : `:${url.port}`}`);
    }
  }
  return [...new Set(origins)];
}

/**
 * Refuses changes that another site's page sends with the user's cookies.
 * Browsers put `Origin` on every such request; one without it did not come from a page.
 */
export function refuseForeignOrigins(own: {
  publicUrl: string;
  /** What sets `publicUrl`; named to whoever reaches us at another address. */
  variable: string;
}): MiddlewareHandler<KernelEnv> {
  const allowed = originsOf(own.publicUrl);
  return async (c, next) => {
    const safe = c.req.method === 'GET' || c.req.method === 'HEAD' || c.req.method === 'OPTIONS';
    const origin = c.req.header('origin');
    if (!safe && origin !== undefined && !allowed.includes(origin)) {
      throw appError(
        'forbidden',
        `Expected a request from ${allowed[0]}, came from ${origin}; set ${own.variable} to the address people use.`,
      );
    }
    await next();
  };
}
