import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * Passes everything on to a server that copies whatever is there, but for copies of what is not there
 * any more as it was: `x-amz-copy-source-if-match`, as S3 keeps it.
 */
export async function startConditionalCopies(
  upstream: string,
): Promise<{ url: string; close(): Promise<unknown> }> {
  const server = createServer((incoming, response) => {
    void answer(upstream, incoming).then(
      async (reply) => {
        const body = Buffer.from(await reply.arrayBuffer());
        const length = reply.headers.get('content-length') ?? String(body.length);
        const headers = [...reply.headers].filter(([name]) => name !== 'transfer-encoding');
        response.writeHead(
          reply.status,
          Object.fromEntries([...headers, ['content-length', length]]),
        );
        response.end(body);
      },
      () => response.writeHead(502).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(upstream: string, incoming: IncomingMessage): Promise<Response> {
  const { method = 'GET', url = '/', headers } = incoming;
  const body = new Uint8Array(await buffer(incoming));
  const source = headers['x-amz-copy-source'];
  const wanted = headers['x-amz-copy-source-if-match'];
  if (source !== undefined && wanted !== undefined) {
    const path = String(source).replace(/^\/?/, '/');
    const found = await fetch(`${upstream}${path}`, { method: 'HEAD' });
    if (found.headers.get('etag') !== wanted)
      return new Response('<Error><Code>PreconditionFailed</Code></Error>', { status: 412 });
  }
  const passed = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ||
    ['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)
      ? []
      : [[name, String(value)] as [string, string]],
  );
  const withoutBody = method === 'GET' || method === 'HEAD';
  return fetch(`${upstream}${url}`, { method, headers: passed, ...(withoutBody ? {} : { body }) });
}
