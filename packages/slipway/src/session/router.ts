import { getMe } from '@repo/foundation/account';
import { procedure, router } from '../trpc.ts';

export const sessionRouter = router({
  /** Null for a visitor who is not signed in. */
  me: procedure.query(({ ctx }) => getMe(ctx)),
});
