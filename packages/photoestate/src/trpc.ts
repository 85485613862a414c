import type { AppError } from '@repo/foundation/errors';
import { toTrpcError, trpcOptions } from '@repo/foundation/trpc';
import { initTRPC } from '@trpc/server';
import type { Context } from './context.ts';
import { once } from './edit/once.ts';
import { isEditPath } from './edit/paths.ts';
import { appError } from './errors.ts';

interface TrpcContext extends Context {
  /** Why the session could not be told; every procedure answers with it. */
  failure?: AppError | undefined;
  /** Names the change that is asked for, however often it is sent. */
  editKey?: string | undefined;
}

const t = initTRPC.context<TrpcContext>().create(trpcOptions);

export const { router } = t;

/** Every procedure: whatever its verb throws leaves as an error with a public message. */
export const procedure = t.procedure
  .use(async ({ ctx, next }) => {
    if (ctx.failure !== undefined) throw toTrpcError(ctx.failure, ctx);
    const result = await next();
    if (!result.ok) throw toTrpcError(result.error, ctx);
    return result;
  })
  .use(async ({ ctx, next, path, type, getRawInput }) => {
    const { editKey: key } = ctx;
    if (key === undefined || type !== 'mutation') return next();
    if (!isEditPath(path)) {
      throw appError('bad_request', `Expected no Idempotency-Key: ${path} is not sent again.`);
    }
    type Result = Awaited<ReturnType<typeof next>>;
    const edit = { key, path, input: await getRawInput() };
    const data = await once(ctx, edit, async (inside) => {
      const result = await next({ ctx: inside });
      // Thrown, so that nothing of it stays.
      if (!result.ok) throw result.error;
      return result.data;
    });
    return { ok: true, data } as Result;
  });
