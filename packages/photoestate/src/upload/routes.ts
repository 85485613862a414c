import type { Actor } from '@repo/foundation/context';
import { route, UploadRejected } from 'slipway/server';
import { z } from 'zod';
import { requireListing } from '../listing/internal.ts';
import { addPhoto } from '../photo/add.ts';
import { LARGEST_PHOTO, PHOTO_TYPES } from '../photo/schema.ts';
import type { PhotoestateRuntime } from '../runtime.ts';
import { requestContext } from '../session.ts';
import { asRejection, type Caller } from './caller.ts';
import { createPictureRoutes } from './picture-routes.ts';

const MAX_FILES = 500;

/** Who may upload what, and what becomes of it. */
export function createUploadRoutes(
  runtime: PhotoestateRuntime,
  callerOf: (request: Request) => Caller,
) {
  const listingPhotos = route({
    types: [...PHOTO_TYPES],
    maxSize: LARGEST_PHOTO,
    maxFiles: MAX_FILES,
    input: z.object({ listingId: z.string() }),
  })
    .authorize(async ({ request, input }) => {
      const ctx = await requestContext(runtime, { headers: request.headers, ...callerOf(request) });
      try {
        const { id } = await requireListing(ctx, input.listingId, 'photo.upload');
        return { kind: 'original', listingId: id, userId: userIdOf(ctx.actor) };
      } catch (error) {
        throw asRejection(error);
      }
    })
    .onComplete(async ({ request, metadata, file }) => {
      // The token names who asked; whether they still belong to the listing is asked again.
      const actor: Actor = { type: 'user', userId: metadata.userId, email: '' };
      const ctx = runtime.context({ actor, ...callerOf(request) });
      const { id } = await addPhoto(ctx, { listingId: metadata.listingId, file });
      return { photoId: id };
    });
  return { listingPhotos, ...createPictureRoutes(runtime, callerOf) };
}

function userIdOf(actor: Actor): string {
  if (actor.type === 'user') return actor.userId;
  throw new UploadRejected('Sign in first.', { status: 401 });
}
