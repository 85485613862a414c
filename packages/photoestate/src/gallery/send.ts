import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { waitInWords } from '@repo/foundation/rate-limit';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { announce, type Leave, withLeave } from './announce.ts';
import { lockDelivery, requireDelivery, stateOf } from './internal.ts';
import { DeliveryRef } from './schema.ts';

/**
 * Tells the recipients again.
 *
 * @throws `rate_limited` when all of them were told within the last hour.
 */
export async function sendDelivery(ctx: Context, input: DeliveryRef): Promise<void> {
  const { deliveryId } = DeliveryRef.parse(input);
  const { delivery: found } = await requireDelivery(ctx, deliveryId, 'delivery.manage');
  await withLeave(ctx, { link: found, recipients: found.recipients }, (leave) =>
    ctx.db.transaction((tx) => sendIn(tx, ctx, { deliveryId, leave })),
  );
}

async function sendIn(
  tx: Tx,
  ctx: Context,
  { deliveryId, leave }: { deliveryId: string; leave: Leave },
): Promise<void> {
  const row = await lockDelivery(tx, deliveryId);
  if (row.recipients.length === 0) {
    throw appError('conflict', 'Expected an address to send the link to. Add one first.');
  }
  if (stateOf(row, ctx.now()) !== 'open') {
    throw appError('conflict', 'Expected a link that is open. Make a new one first.');
  }
  const { wait, untold } = leave;
  if (wait !== null) {
    const message = `They were told within the last hour. Try again in ${waitInWords(wait)}.`;
    throw appError('rate_limited', message, { retryAfter: wait });
  }
  const { organizationId, recipients } = row;
  const left = untold.filter((address) => recipients.includes(address));
  await announce(tx, ctx, { link: row, recipients: left });
  const data = { recipients };
  await recordAudit(tx, ctx, { organizationId, action: 'delivery.sent', entityId: row.id, data });
}
