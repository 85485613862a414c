import type { Context } from '../context.ts';
import { EnhancementRef } from '../enhancement/schema.ts';
import { decide } from './decide.ts';
import type { Decided } from './schema.ts';

/** Good enough after all: it may be delivered. `decide` writes the audit entry. */
export async function acceptReview(ctx: Context, input: EnhancementRef): Promise<Decided> {
  const { enhancementId } = EnhancementRef.parse(input);
  return decide(ctx, { enhancementId, state: 'accepted', note: null }, async () => 0);
}
