import { createUploadHandler, type UploadHandlerOptions } from '../server/handler.ts';
import { toRequest } from '../server/node-request.ts';
import type { Routes } from '../server/route.ts';

export * from '../server/index.ts';

/** What is used of Fastify's request. */
export interface FastifyRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: unknown;
}

/** What is used of Fastify's reply. */
export interface FastifyReply {
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  send(text: string): unknown;
}

/** `app.all('/api/slipway', createRouteHandler({ routes }))`; Fastify's own JSON parser reads the body. */
export function createRouteHandler<R extends Routes>(
  options: UploadHandlerOptions<R>,
): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  const handle = createUploadHandler(options);
  return async (request, reply) => {
    const { body } = request;
    const read = typeof body === 'string' || body instanceof Uint8Array;
    const answer = await handle(toRequest(request, read ? body : JSON.stringify(body ?? null)));
    reply.code(answer.status);
    answer.headers.forEach((value, name) => {
      reply.header(name, value);
    });
    return reply.send(await answer.text());
  };
}
