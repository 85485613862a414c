import { movePhoto } from '../scene/move-photo.ts';
import { MovePhoto } from '../scene/schema.ts';
import { procedure, router } from '../trpc.ts';
import { deletePhoto } from './delete.ts';
import { findKnownPhotos } from './find-known.ts';
import { listPhotos } from './list.ts';
import { FindKnownPhotos, ListPhotos, PhotoRef } from './schema.ts';

export const photoRouter = router({
  list: procedure.input(ListPhotos).query(({ ctx, input }) => listPhotos(ctx, input)),
  // By POST: so many digests are too long for an address.
  findKnown: procedure
    .input(FindKnownPhotos)
    .mutation(({ ctx, input }) => findKnownPhotos(ctx, input)),
  move: procedure.input(MovePhoto).mutation(({ ctx, input }) => movePhoto(ctx, input)),
  delete: procedure.input(PhotoRef).mutation(({ ctx, input }) => deletePhoto(ctx, input)),
});
