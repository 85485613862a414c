import { createUploadHandler, type UploadHandlerOptions } from '../server/handler.ts';
import { type NodeRequest, readNodeBody, toRequest } from '../server/node-request.ts';
import type { Routes } from '../server/route.ts';

export * from '../server/index.ts';
export type { NodeRequest } from '../server/node-request.ts';

/** What is used of Express's response, or of any `node:http` server's. */
export interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): NodeResponse;
  end(text: string): unknown;
}

/**
 * `app.all('/api/slipway', createRouteHandler({ routes }))`, before or behind `express.json()`. A plain
 * `node:http` server takes it as well.
 */
export function createRouteHandler<R extends Routes>(
  options: UploadHandlerOptions<R>,
): (
  request: NodeRequest,
  response: NodeResponse,
  next?: (error: unknown) => void,
) => Promise<void> {
  const handle = createUploadHandler(options);
  return async (request, response, next) => {
    try {
      const answer = await handle(toRequest(request, await readNodeBody(request)));
      const text = await answer.text();
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(text);
    } catch (error) {
      if (!next) throw error;
      next(error);
    }
  };
}
