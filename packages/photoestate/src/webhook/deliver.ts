import * as webhooks from '@repo/foundation/webhook';
import type { Context } from '../context.ts';
import { WEBHOOKS } from './webhooks.ts';

/** Handler of `webhook.deliver`. */
export const deliver = (
  ctx: Context,
  payload: { deliveryId: string },
  run: { signal?: AbortSignal } = {},
): Promise<void> => webhooks.deliver({ home: WEBHOOKS, ctx }, payload, run);

/** Handler of `webhook.sweep`. */
export const sweepDeliveries = (ctx: Context): Promise<void> =>
  webhooks.sweepDeliveries({ home: WEBHOOKS, ctx });
