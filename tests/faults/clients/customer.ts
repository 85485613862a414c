import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createUploadHandler, route } from 'slipway/server';
import type { Server } from './rest.ts';

/** The server of a customer's app, for pages that are processes of their own. */
export interface Customer {
  /** For `createUploader`. */
  readonly endpoint: string;
  close(): Promise<void>;
}

export async function startCustomer({ url, apiKey }: Server): Promise<Customer> {
  const handler = createUploadHandler({
    url,
    apiKey,
    routes: { files: route({ maxSize: '1GB' }).public() },
    // What fails here fails on purpose.
    onError: () => undefined,
  });
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET' } = incoming;
    const body = method === 'GET' ? null : new Uint8Array(await buffer(incoming));
    const headers = { 'content-type': incoming.headers['content-type'] ?? '' };
    const response = await handler(new Request(`${endpoint}`, { method, headers, body }));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/slipway`;
  return {
    endpoint,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
