import { accountProcedures, DeleteAccount } from '@repo/foundation/account';
import { removePicture } from '../profile/picture.ts';
import { procedure, router } from '../trpc.ts';
import { deleteAccount } from './delete.ts';

/** The signed-in person's own, and nobody else's. */
export const accountRouter = router({
  ...accountProcedures(procedure),
  removePicture: procedure.mutation(({ ctx }) => removePicture(ctx)),
  delete: procedure.input(DeleteAccount).mutation(({ ctx, input }) => deleteAccount(ctx, input)),
});
