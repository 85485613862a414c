import { createServer, type Server } from 'node:http';

/** A server of Node's on loopback for a handler of fetch's `Request`; a port of 0 is any. */
export async function serveFetch(
  handle: (request: Request) => Promise<Response>,
  port = 0,
): Promise<Server> {
  const server = createServer(async (incoming, outgoing) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const { method = 'GET', headers, url = '/' } = incoming;
    const response = await handle(
      new Request(`http://${headers.host}${url}`, {
        method,
        headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
        ...(method === 'POST' && { body: Buffer.concat(pieces) }),
      }),
    );
    outgoing
      .writeHead(response.status, Object.fromEntries(response.headers))
      .end(await response.text());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}
