import { procedure, router } from '../trpc.ts';
import { createLook } from './create.ts';
import { deleteLook } from './delete.ts';
import { listLooks } from './list.ts';
import { CreateLook, LookRef, LooksOf, SetDefaultLook, UpdateLook } from './schema.ts';
import { setDefaultLook } from './set-default.ts';
import { updateLook } from './update.ts';

export const lookRouter = router({
  list: procedure.input(LooksOf).query(({ ctx, input }) => listLooks(ctx, input)),
  create: procedure.input(CreateLook).mutation(({ ctx, input }) => createLook(ctx, input)),
  update: procedure.input(UpdateLook).mutation(({ ctx, input }) => updateLook(ctx, input)),
  delete: procedure.input(LookRef).mutation(({ ctx, input }) => deleteLook(ctx, input)),
  setDefault: procedure
    .input(SetDefaultLook)
    .mutation(({ ctx, input }) => setDefaultLook(ctx, input)),
});
