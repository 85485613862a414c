import { originsOf } from '@repo/foundation/http';
import { createUploadHandler, SlipwayError } from 'slipway/server';
import type { PhotoestateRuntime } from '../runtime.ts';
import type { Caller } from './caller.ts';
import { createUploadRoutes } from './routes.ts';

/** Answers `/api/uploads`: says where a photo's bytes go, and takes it in once they are there. */
export function createUploads(
  runtime: PhotoestateRuntime,
): (request: Request, caller: Caller) => Promise<Response> {
  // The handler passes a Request and nothing else to its routes: the kernel's findings go along here.
  const callers = new WeakMap<Request, Caller>();
  const nobody: Caller = { requestId: 'upload', ip: null };
  const handle = createUploadHandler({
    routes: createUploadRoutes(runtime, (request) => callers.get(request) ?? nobody),
    slipway: runtime.slipway,
    secret: runtime.env.PHOTOESTATE_SECRET,
    allowedOrigins: originsOf(runtime.env.PHOTOESTATE_URL),
    requestId: (request) => callers.get(request)?.requestId,
    onError: (error, context) => {
      // A file that Slipway turns away is the photographer's news, not ours.
      const refused = error instanceof SlipwayError && error.status >= 400 && error.status < 500;
      runtime.log[refused ? 'info' : 'error']({ err: error, ...context }, 'an upload failed');
    },
  });
  return (request, caller) => {
    callers.set(request, caller);
    return handle(request);
  };
}
