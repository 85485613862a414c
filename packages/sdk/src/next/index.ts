import { createUploadHandler, type UploadHandlerOptions } from '../server/handler.ts';
import type { Routes } from '../server/route.ts';

export * from '../server/index.ts';

/** The methods a Next.js `route.ts` exports. */
export interface RouteHandlers {
  readonly GET: (request: Request) => Promise<Response>;
  readonly POST: (request: Request) => Promise<Response>;
  /** Needed only with `allowedOrigins`. */
  readonly OPTIONS: (request: Request) => Promise<Response>;
}

/** `export const { GET, POST } = createRouteHandler({ routes })` in `app/api/slipway/route.ts`. */
export function createRouteHandler<R extends Routes>(
  options: UploadHandlerOptions<R>,
): RouteHandlers {
  const handle = createUploadHandler(options);
  return { GET: handle, POST: handle, OPTIONS: handle };
}
