import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { HttpApp } from './kernel.ts';

export type NodeHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void> | void;

export interface ServeOptions {
  app: HttpApp;
  /** Paths that `app` answers: exact, or everything below when they end in a slash. */
  appPaths: readonly string[];
  /** Answers everything else (the pages); without it the app answers all. */
  pages?: NodeHandler;
  host: string;
  port: number;
}

export interface RunningServer {
  /** Stops listening, lets open requests end, then cuts what is left after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** One port: the API answers its paths at its own speed, the pages answer the rest. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const api = getRequestListener(options.app.fetch);
  const { pages } = options;
  const server = createServer((request, response) => {
    const handler =
      pages === undefined || belongsToApp(request.url ?? '/', options.appPaths) ? api : pages;
    void handler(request, response);
  });
  // Uploads of many gigabytes over slow links take longer than Node's default of five minutes.
  server.requestTimeout = 0;
  server.headersTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  await listen(server, options);
  return { close: (graceMs) => closeServer(server, graceMs) };
}

function belongsToApp(url: string, paths: readonly string[]): boolean {
  const path = url.split('?', 1)[0] ?? url;
  return paths.some((known) => (known.endsWith('/') ? path.startsWith(known) : path === known));
}

function listen(server: Server, { host, port }: ServeOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
