import { reseal, type SealedColumn } from '@repo/foundation/sealing';
import type { Context } from '../context.ts';
import { webhookEndpoint } from './table.ts';

/** Every `sealedText` there is. */
const SEALED_COLUMNS: readonly SealedColumn[] = [
  { column: webhookEndpoint.secret, boundTo: webhookEndpoint.id },
  { column: webhookEndpoint.previousSecret, boundTo: webhookEndpoint.id },
];

/** Handler of `sealing.reseal`. */
export async function resealSecrets(ctx: Context): Promise<void> {
  if (ctx.sealingKeys !== null) await reseal(ctx, ctx.sealingKeys, SEALED_COLUMNS);
}
