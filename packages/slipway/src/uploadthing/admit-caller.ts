import { AppError } from '@repo/foundation/errors';
import type { KernelEnv } from '@repo/foundation/http';
import { checkGuesses, noteGoodKey, noteUnknownKey } from '@repo/foundation/rate-limit';
import type { Context } from 'hono';
import type { SlipwayContext } from '../context.ts';
import { planOf } from '../plan/plan-of.ts';
import { countCall } from '../rate-limit/index.ts';
import { hashKey } from './key-secret.ts';
import { actorOf, type UploadthingCaller, verifyUploadthingKey } from './verify-key.ts';

/**
 * Who calls, within the limits of its project and key, like every other caller; and whoever guesses at
 * keys here is counted with those who do so elsewhere.
 *
 * @throws `api_key_missing`, `api_key_invalid`, `rate_limited`.
 */
export async function admitCaller(
  c: Context<KernelEnv>,
  ctx: SlipwayContext,
): Promise<UploadthingCaller> {
  const header = c.req.header('x-uploadthing-api-key');
  const guess = { limiter: ctx.limiter, ip: c.get('ip'), hash: hashKey(header ?? '') };
  checkGuesses(guess);
  const caller = await verifyUploadthingKey(ctx, header).catch(async (error: unknown) => {
    if (error instanceof AppError && error.code === 'api_key_invalid') await noteUnknownKey(guess);
    throw error;
  });
  noteGoodKey(guess);
  const { project, key } = caller;
  const plan = await planOf(ctx, project.organizationId);
  await countCall(c, ctx, { actor: actorOf(key), project, plan });
  return { ...caller, ctx: { ...caller.ctx, plan } };
}
