import type { AppError } from '@repo/foundation/errors';
import { toTrpcError, trpcOptions } from '@repo/foundation/trpc';
import { initTRPC } from '@trpc/server';
import type { SlipwayContext } from './context.ts';

/** What the dashboard's procedures get: a verb's context. */
export interface TrpcContext extends SlipwayContext {
  /** Why the session could not be told; every procedure answers with it. */
  failure?: AppError | undefined;
}

const t = initTRPC.context<TrpcContext>().create(trpcOptions);

export const router = t.router;

export const procedure = t.procedure.use(async ({ ctx, next }) => {
  if (ctx.failure !== undefined) throw toTrpcError(ctx.failure, ctx);
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error, ctx);
  return result;
});
