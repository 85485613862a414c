import type { BaseContext } from '../context/index.ts';
import { type Procedure, procedureFor } from '../trpc/index.ts';
import { renameUser } from './rename.ts';
import { RenameUser, SessionRef } from './schema.ts';
import { endOtherSessions, endSession, listSessions } from './sessions.ts';

/** The signed-in person's own, and nobody else's; what goes with an account each product says itself. */
export function accountProcedures<Has extends BaseContext>(own: Procedure<Has>) {
  const procedure = procedureFor<BaseContext, Has>(own);
  return {
    rename: procedure.input(RenameUser).mutation(({ ctx, input }) => renameUser(ctx, input)),
    sessions: procedure.query(({ ctx }) => listSessions(ctx)),
    endSession: procedure.input(SessionRef).mutation(({ ctx, input }) => endSession(ctx, input)),
    endOtherSessions: procedure.mutation(({ ctx }) => endOtherSessions(ctx)),
  };
}
