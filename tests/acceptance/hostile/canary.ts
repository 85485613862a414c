import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Hears everybody who follows what a hostile file tells them. */
export interface Canary {
  readonly url: string;
  /** Addresses that were asked for, but those of its own pages. */
  readonly heard: string[];
  /** Serves this page from now on; returns its address. */
  page(html: string): string;
  close(): Promise<void>;
}

export async function startCanary(): Promise<Canary> {
  const heard: string[] = [];
  const pages = new Map<string, string>();
  const server = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    if (page === undefined && request.url !== '/favicon.ico')
      heard.push(`${request.method} ${request.url} for ${request.headers.referer}`);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', page === undefined ? 'image/svg+xml' : 'text/html');
    response.end(page ?? '<svg xmlns="http://www.w3.org/2000/svg"/>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    heard,
    page(html) {
      const path = `/page-${pages.size}.html`;
      pages.set(path, html);
      return `${url}${path}`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
