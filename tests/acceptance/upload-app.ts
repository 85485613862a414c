import type { AddressInfo } from 'node:net';
import { createUploadHandler, type Routes } from 'slipway/server';
import { serveFetch } from './serve-fetch.ts';
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
  const server = await serveFetch(handle);
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/upload`,
    close: () => server.close(),
  };
}
