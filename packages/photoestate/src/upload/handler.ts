import { originsOf } from '@repo/foundation/http';
import { createUploadHandler } from 'slipway/server';
import type { PhotoestateRuntime } from '../runtime.ts';
import { createUploadRoutes } from './routes.ts';

/** Answers `/api/uploads`: says where a photo's bytes go, and takes it in once they are there. */
export function createUploads(runtime: PhotoestateRuntime) {
  return createUploadHandler({
    routes: createUploadRoutes(runtime),
    slipway: runtime.slipway,
    secret: runtime.env.PHOTOESTATE_SECRET,
    allowedOrigins: originsOf(runtime.env.PHOTOESTATE_URL),
    onError: (error, context) => runtime.log.error({ err: error, ...context }, 'an upload failed'),
  });
}
