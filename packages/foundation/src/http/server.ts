import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { appError } from '../errors/index.ts';
import { randomToken } from '../ids/index.ts';
import { errorBody, type HttpApp } from './kernel.ts';

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
  /** Paths whose bodies may take as long as they need: uploads, which watch over themselves. */
  longPaths?: readonly string[];
  /** Elsewhere a body must be here after so long. */
  bodyLimitMs?: number;
  /** A head must be here after so long. */
  headLimitMs?: number;
  /** As in the kernel's options. */
  errorDocs?: string;
  host: string;
  port: number;
}

/** A mebibyte, the most that is read outside uploads, needs no more than 18 kB/s for it. */
const BODY_LIMIT_MS = 60_000;
const HEAD_LIMIT_MS = 30_000;
/** Far more than one process serves, far fewer than would use up its memory. */
const MAX_CONNECTIONS = 10_000;

export interface RunningServer {
  /** The one it listens on, also when any was asked for (0). */
  readonly port: number;
  /** Stops listening, lets open requests end, then cuts what is left after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** One port: the API answers its paths at its own speed, the pages answer the rest. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const api = getRequestListener(options.app.fetch);
  const { pages, longPaths = [], bodyLimitMs = BODY_LIMIT_MS } = options;
  const { headLimitMs = HEAD_LIMIT_MS } = options;
  const server = createServer({ connectionsCheckingInterval: headLimitMs }, (request, response) => {
    const url = request.url ?? '/';
    if (hasBody(request) && !isBelow(url, longPaths)) limitBody(request, bodyLimitMs);
    const handler = pages === undefined || isBelow(url, options.appPaths) ? api : pages;
    void handler(request, response);
  });
  // One limit for all would also cut uploads of many gigabytes over slow links: see limitBody.
  server.requestTimeout = 0;
  server.maxConnections = MAX_CONNECTIONS;
  server.headersTimeout = headLimitMs;
  server.keepAliveTimeout = 65_000;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refuseUnread(socket, { code: error.code, errorDocs: options.errorDocs });
  });
  const port = await listen(server, options);
  return { port, close: (graceMs) => closeServer(server, graceMs) };
}

/** Requests that Node itself could not read, so that no handler saw them: answered like the others. */
function refuseUnread(
  socket: Duplex,
  { code, errorDocs }: { code: string | undefined; errorDocs: string | undefined },
): void {
  if (code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) {
    socket.destroy();
    return;
  }
  const error = unreadError(code);
  const requestId = `req_${randomToken(20)}`;
  const body = JSON.stringify(errorBody(error, { requestId, errorDocs }));
  const head = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Whether an answer to an earlier request is on its way: what is written now would become part of it. */
function isAnswering(socket: Duplex): boolean {
  // As Node itself asks, where nobody listens for these errors.
  const { _httpMessage: answer } = socket as { _httpMessage?: ServerResponse | null };
  return answer?.headersSent === true;
}

function unreadError(code: string | undefined) {
  if (code === 'HPE_HEADER_OVERFLOW')
    return appError(
      'headers_too_large',
      'Expected address and headers of at most 16 KiB together.',
    );
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return appError('request_timeout', 'Expected the whole head of the request by now.');
  return appError('bad_request', 'Expected a request of HTTP/1.1, received something else.');
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Cuts a connection whose body does not end: it would hold its socket for ever, answered or not. */
function limitBody(request: IncomingMessage, limitMs: number): void {
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, limitMs);
  request.once('close', () => clearTimeout(timer));
}

function isBelow(url: string, paths: readonly string[]): boolean {
  const path = url.split('?', 1)[0] ?? url;
  return paths.some((known) => (known.endsWith('/') ? path.startsWith(known) : path === known));
}

function listen(server: Server, { host, port }: ServeOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
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
