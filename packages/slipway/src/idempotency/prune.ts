import { pruneIdempotencyKeys } from '@repo/foundation/idempotency';
import type { SlipwayContext } from '../context.ts';
import { idempotencyKey } from './table.ts';

/** Handler of `idempotency.prune`. */
export const pruneAnswers = (ctx: Pick<SlipwayContext, 'db' | 'now'>): Promise<void> =>
  pruneIdempotencyKeys(idempotencyKey, ctx);
