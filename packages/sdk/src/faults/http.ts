import type { IncomingMessage, ServerResponse } from 'node:http';

/** The body of a request. */
export async function readAll(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Answers with an error as Slipway words them. */
// biome-ignore lint/complexity/useMaxParams: an error's parts read as one line at each use
export function fail(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  details?: object,
): void {
  json(response, status, {
    error: { code, message, docs: `https://docs.test/${code}`, requestId: 'req_1', details },
  });
}
