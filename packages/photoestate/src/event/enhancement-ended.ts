import type { Tx } from '@repo/foundation/db';
import type { Context } from '../context.ts';
import type { EnhancementRow } from '../enhancement/table.ts';
import { isRetryable } from '../work/retryable.ts';
import { recordEvent } from './record.ts';

/** Tells of a version that was finished, or failed. Of one listing in their order, its `order.done` last. */
export async function tellEnhancementEnd(
  tx: Tx,
  ctx: Context,
  { organizationId, row }: { organizationId: string; row: EnhancementRow },
): Promise<void> {
  const { id, listingId, sceneId, batchId, status, preset, width, height, failureCode } = row;
  if (status !== 'done' && status !== 'failed') return;
  const failure =
    failureCode === null
      ? null
      : {
          code: failureCode,
          reason: row.failureReason ?? failureCode,
          retryable: isRetryable(failureCode),
        };
  await recordEvent(tx, ctx, {
    organizationId,
    type: status === 'done' ? 'enhancement.completed' : 'enhancement.failed',
    entityId: listingId,
    data: {
      enhancement: { id, listingId, sceneId, batchId, status, preset, width, height, failure },
    },
  });
}
