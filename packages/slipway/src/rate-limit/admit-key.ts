import * as keys from '@repo/foundation/api-key';
import type { KernelEnv } from '@repo/foundation/http';
import type { Context } from 'hono';
import { type VerifiedKey, verifyApiKey } from '../api-key/verify.ts';
import type { SlipwayContext } from '../context.ts';
import { budgetsOf } from './budgets.ts';

/** The key of a request, within its limits. @throws `api_key_missing`, `api_key_invalid`, `rate_limited`. */
export function admitKey(
  c: Context<KernelEnv>,
  ctx: SlipwayContext,
  authorization: string | undefined,
): Promise<VerifiedKey> {
  return keys.admitKey(c, ctx.limiter, {
    authorization,
    verify: (header) => verifyApiKey(ctx, header),
    budgets: (key) => budgetsOf(ctx, key),
  });
}

/** Counts a call for the key that it is made with, or that its token came from. */
export function countCall(
  c: Context<KernelEnv>,
  ctx: SlipwayContext,
  key: Pick<VerifiedKey, 'actor' | 'project' | 'plan'>,
): Promise<void> {
  return keys.countCall(c, ctx.limiter, budgetsOf(ctx, key));
}
