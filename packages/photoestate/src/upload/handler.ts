import { originsOf } from '@repo/foundation/http';
import { createUploadHandler, SlipwayError } from 'slipway/server';
import type { PhotoestateRuntime } from '../runtime.ts';
import { createUploadRoutes } from './routes.ts';

/** Answers `/api/uploads`: says where a photo's bytes go, and takes it in once they are there. */
export function createUploads(runtime: PhotoestateRuntime) {
  return createUploadHandler({
    routes: createUploadRoutes(runtime),
    slipway: runtime.slipway,
    secret: runtime.env.PHOTOESTATE_SECRET,
    allowedOrigins: originsOf(runtime.env.PHOTOESTATE_URL),
    onError: (error, context) => {
      // A file that Slipway turns away is the photographer's news, not ours.
      const refused = error instanceof SlipwayError && error.status >= 400 && error.status < 500;
      runtime.log[refused ? 'info' : 'error']({ err: error, ...context }, 'an upload failed');
    },
  });
}
