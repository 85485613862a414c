import { createKernel, type HttpApp } from '@repo/foundation/http';
import { createRateLimiter } from '@repo/foundation/rate-limit';
import { createMetrics } from '@repo/foundation/telemetry';
import type { Context } from '../context.ts';
import { mountGallery } from '../gallery/http.ts';
import { mountFavourites, mountGalleryMedia } from '../gallery/media.ts';
import type { Gallery } from '../gallery/schema.ts';

/** A browser with its cookies, at an address of its own; nobody is signed in unless `ctx` is somebody's. */
export function galleryBrowser(
  studio: Context,
  ctx: Context = { ...studio, actor: { type: 'anonymous' } },
) {
  const { db, log } = studio;
  const metrics = createMetrics(`test${Math.random().toString(36).slice(2)}`);
  const app: HttpApp = createKernel({ log, metrics, trustedProxies: 1 });
  const limiter = createRateLimiter({ db, log, metrics });
  const ip = `203.0.113.${Math.floor(Math.random() * 250)}`;
  const cookies = new Map<string, string>();
  mountGallery(app, { makeContext: async () => ctx, limiter, publicUrl: 'http://x.test' });
  mountGalleryMedia(app, async () => ctx);
  mountFavourites(app, async () => ctx);
  const ask = async (path: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, 'x-forwarded-for': ip, ...init.headers };
    const response = await app.request(path, { ...init, headers }, {});
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (line.includes('Max-Age=0')) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const post = (path: string, body: unknown = {}) =>
    ask(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  const open = async (url: string, pin?: string): Promise<Gallery> => {
    const response = await post('/api/gallery/open', { token: tokenIn(url), pin });
    if (response.status !== 200) throw new Error(`opening was answered ${response.status}`);
    return (await response.json()) as Gallery;
  };
  return { ask, post, open, cookies };
}

export const tokenIn = (url: string) => url.slice(url.lastIndexOf('/') + 1);
