import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

type Answers = Answer | 'hang up';

/** Somebody's server on loopback that is told of events. */
export async function startReceiver(): Promise<{
  url: string;
  received: Received[];
  /** What it answers from now on. */
  answer: (request: Received) => Answers | Promise<Answers>;
  close(): void;
}> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', async () => {
      const one = { headers: request.headers, body };
      const answering = receiver.answer(one);
      received.push(one);
      const answer = await answering;
      if (answer === 'hang up') request.socket.destroy();
      else response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    answer: (_request: Received): Answers | Promise<Answers> => ({ status: 200 }),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}
