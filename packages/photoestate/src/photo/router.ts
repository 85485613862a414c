import { movePhoto } from '../scene/move-photo.ts';
import { MovePhoto } from '../scene/schema.ts';
import { procedure, router } from '../trpc.ts';
import { deletePhoto } from './delete.ts';
import { listPhotos } from './list.ts';
import { ListPhotos, PhotoRef } from './schema.ts';

export const photoRouter = router({
  list: procedure.input(ListPhotos).query(({ ctx, input }) => listPhotos(ctx, input)),
  move: procedure.input(MovePhoto).mutation(({ ctx, input }) => movePhoto(ctx, input)),
  delete: procedure.input(PhotoRef).mutation(({ ctx, input }) => deletePhoto(ctx, input)),
});
