import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createUploadHandler, type Routes } from 'slipway/server';
import { slipwayUrl } from './slipway-account.ts';

export interface UploadApp {
  /** Where the upload handler is. */
  readonly endpoint: string;
  close(): void;
}

/** A customer's server: the upload handler with these routes, behind real HTTP. */
export async function startUploadApp(apiKey: string, routes: Routes): Promise<UploadApp> {
  const handle = createUploadHandler({
    url: slipwayUrl(),
    apiKey,
    routes,
    onError: () => undefined,
  });
  const server = createServer(async (incoming, outgoing) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const headers = new Headers(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    );
    const method = incoming.method ?? 'GET';
    const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
      method,
      headers,
      ...(method === 'POST' && { body: Buffer.concat(pieces) }),
    });
    const response = await handle(request);
    outgoing
      .writeHead(response.status, Object.fromEntries(response.headers))
      .end(await response.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/upload`,
    close: () => server.close(),
  };
}
