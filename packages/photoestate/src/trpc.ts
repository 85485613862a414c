import type { AppError } from '@repo/foundation/errors';
import { toTrpcError, trpcOptions } from '@repo/foundation/trpc';
import { initTRPC } from '@trpc/server';
import type { Context } from './context.ts';

interface TrpcContext extends Context {
  /** Why the session could not be told; every procedure answers with it. */
  failure?: AppError | undefined;
}

const t = initTRPC.context<TrpcContext>().create(trpcOptions);

export const { router } = t;

/** Every procedure: whatever its verb throws leaves as an error with a public message. */
export const procedure = t.procedure.use(async ({ ctx, next }) => {
  if (ctx.failure !== undefined) throw toTrpcError(ctx.failure, ctx);
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error, ctx);
  return result;
});
