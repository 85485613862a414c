import { pruneIdempotencyKeys } from '@repo/foundation/idempotency';
import type { Context } from '../context.ts';
import { idempotencyKey } from './table.ts';

/** Handler of `idempotency.prune`. */
export const pruneAnswers = (ctx: Pick<Context, 'db' | 'now'>): Promise<void> =>
  pruneIdempotencyKeys(idempotencyKey, ctx);
