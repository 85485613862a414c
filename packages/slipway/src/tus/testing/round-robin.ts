import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

export interface RoundRobin {
  readonly url: string;
  /** Who answers, in turn; may change at any time. */
  targets: string[];
  /** Says after how many bytes of a request's body its connection breaks; undefined for never. */
  cutAfter: (() => number | undefined) | undefined;
  /** In the bodies of so many of the next requests one bit is flipped. */
  flips: number;
  /** Requests that each target got. */
  readonly served: Map<string, number>;
  close(): Promise<void>;
}

/** Gives each request to the next process, as a balancer without sticky sessions does. */
export async function startRoundRobin(): Promise<RoundRobin> {
  let turn = 0;
  const served = new Map<string, number>();
  const server = createServer((incoming, response) => {
    const target = proxy.targets[turn++ % proxy.targets.length] ?? '';
    served.set(target, (served.get(target) ?? 0) + 1);
    forward(target, { incoming, response, proxy });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const proxy: RoundRobin = {
    url: `http://127.0.0.1:${port}`,
    targets: [],
    cutAfter: undefined,
    flips: 0,
    served,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

function forward(
  target: string,
  exchange: { incoming: IncomingMessage; response: ServerResponse; proxy: RoundRobin },
): void {
  const { incoming, response, proxy } = exchange;
  const cutAfter = proxy.cutAfter?.();
  const { method, headers, url } = incoming;
  const outgoing = request(`${target}${url}`, { method: method ?? 'GET', headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  const cut = () => {
    outgoing.destroy();
    incoming.destroy();
  };
  outgoing.on('error', () => incoming.destroy());
  incoming.on('error', () => outgoing.destroy());
  response.on('close', () => outgoing.destroy());
  let bytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (cutAfter !== undefined && bytes > cutAfter) return cut();
    if (proxy.flips > 0 && bytes === chunk.length && method === 'PATCH') {
      proxy.flips -= 1;
      chunk[0] = (chunk[0] ?? 0) ^ 1;
    }
    if (!outgoing.write(chunk)) {
      incoming.pause();
      outgoing.once('drain', () => incoming.resume());
    }
  });
  incoming.on('end', () => outgoing.end());
}
