import { uploadFiles } from 'slipway/client';
import { createUploadHandler, route } from 'slipway/server';
import type { Server } from './rest.ts';
import type { Subject } from './subject.ts';

/** A customer's page and server with the SDK: the page's requests reach the handler without a network between. */
export interface SdkApp {
  /** One page's upload of one file; its id once it is ready. */
  upload(subject: Subject, options?: { readonly tries?: number }): Promise<string>;
}

const ROUTE = 'files';

export function createSdkApp({ url, apiKey }: Server): SdkApp {
  const handler = createUploadHandler({
    url,
    apiKey,
    routes: { [ROUTE]: route({ maxSize: '1GB' }).public() },
    // What fails here fails on purpose.
    onError: () => undefined,
  });
  const endpoint = 'http://customer.test/api/slipway';
  const options = {
    endpoint,
    route: ROUTE,
    fetch: (address: string | URL | Request, init?: RequestInit) =>
      handler(new Request(address, init)),
  };
  return {
    async upload({ name, bytes }, { tries = 20 } = {}) {
      const file = new File([bytes], name, { type: 'application/octet-stream' });
      for (let attempt = 1; ; attempt++) {
        const [item] = await uploadFiles([file], options);
        if (item?.result) return item.result.id;
        // A user who sees an error clicks again.
        if (attempt === tries) throw item?.error ?? new Error(`${name} ended as ${item?.state}`);
      }
    },
  };
}
