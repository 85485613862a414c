import { createUploadHandler, type UploadHandlerOptions } from '../server/handler.ts';
import type { Routes } from '../server/route.ts';

export * from '../server/index.ts';

/** What is used of Hono's context. */
export interface HonoContext {
  readonly req: { readonly raw: Request };
}

/** `app.all('/api/slipway', createRouteHandler({ routes }))` */
export function createRouteHandler<R extends Routes>(
  options: UploadHandlerOptions<R>,
): (context: HonoContext) => Promise<Response> {
  const handle = createUploadHandler(options);
  return ({ req }) => handle(req.raw);
}
