import { type NodeRequest, toRequest } from '../server/node-request.ts';
import type { Answer } from './answer.ts';

/** What is used of `node:http`, so that no types of Node are needed to read this package's. */
interface Http {
  createServer(
    answer: (
      request: NodeRequest & { readonly socket: { destroy(): void } },
      response: {
        writeHead(status: number, headers: Record<string, string>): unknown;
        end(body: Uint8Array): void;
      },
    ) => void,
  ): Server;
}

interface Server {
  listen(port: number, host: string, done: () => void): unknown;
  once(event: 'error', listener: (error: Error) => void): unknown;
  address(): unknown;
  close(done: () => void): void;
  closeAllConnections(): void;
}

/** A server on this machine alone. */
export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `answer` on a free port, or the one that is named. */
export async function serve(
  answer: (request: Request) => Promise<Answer>,
  port: number,
): Promise<Served> {
  const server = nodeHttp().createServer((incoming, outgoing) => {
    void (async () => {
      const pieces: Uint8Array[] = [];
      for await (const piece of incoming) pieces.push(piece as Uint8Array);
      const body = new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer());
      const response = await answer(toRequest(incoming, body));
      if (response === 'drop') incoming.socket.destroy();
      else outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      if (response !== 'drop') outgoing.end(new Uint8Array(await response.arrayBuffer()));
    })().catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

function nodeHttp(): Http {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => Http | undefined };
  };
  const http = process?.getBuiltinModule?.('node:http');
  if (http) return http;
  throw new TypeError('slipway/testing needs Node 20.16 or newer, Bun or Deno.');
}
