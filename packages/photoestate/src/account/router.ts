import {
  DeleteAccount,
  endOtherSessions,
  endSession,
  listSessions,
  RenameUser,
  renameUser,
  SessionRef,
} from '@repo/foundation/account';
import { setPicture } from '../profile/set-picture.ts';
import { procedure, router } from '../trpc.ts';
import { deleteAccount } from './delete.ts';
import { getMe } from './session.ts';

export const sessionRouter = router({
  me: procedure.query(({ ctx }) => getMe(ctx)),
});

/** The signed-in person's own, and nobody else's. */
export const accountRouter = router({
  rename: procedure.input(RenameUser).mutation(({ ctx, input }) => renameUser(ctx, input)),
  removePicture: procedure.mutation(({ ctx }) => setPicture(ctx, null)),
  sessions: procedure.query(({ ctx }) => listSessions(ctx)),
  endSession: procedure.input(SessionRef).mutation(({ ctx, input }) => endSession(ctx, input)),
  endOtherSessions: procedure.mutation(({ ctx }) => endOtherSessions(ctx)),
  delete: procedure.input(DeleteAccount).mutation(({ ctx, input }) => deleteAccount(ctx, input)),
});
