import { accountProcedures, DeleteAccount, getMe } from '@repo/foundation/account';
import { setPicture } from '../profile/set-picture.ts';
import { procedure, router } from '../trpc.ts';
import { deleteAccount } from './delete.ts';

export const sessionRouter = router({
  me: procedure.query(({ ctx }) => getMe(ctx)),
});

/** The signed-in person's own, and nobody else's. */
export const accountRouter = router({
  ...accountProcedures(procedure),
  removePicture: procedure.mutation(({ ctx }) => setPicture(ctx, null)),
  delete: procedure.input(DeleteAccount).mutation(({ ctx, input }) => deleteAccount(ctx, input)),
});
