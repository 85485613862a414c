import { toTrpcError, trpcOptions } from '@repo/foundation/trpc';
import { initTRPC } from '@trpc/server';
import type { Context } from './context.ts';

const t = initTRPC.context<Context>().create(trpcOptions);

export const { router } = t;

/** Every procedure: whatever its verb throws leaves as an error with a public message. */
export const procedure = t.procedure.use(async ({ ctx, next }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error, ctx);
  return result;
});
