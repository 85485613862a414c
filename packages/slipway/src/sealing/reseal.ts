import * as sealing from '@repo/foundation/sealing';
import { uploadCallback } from '../callback/table.ts';
import type { SlipwayContext } from '../context.ts';
import { storageConnection } from '../storage-connection/table.ts';
import { uploadthingKey } from '../uploadthing/table.ts';
import { webhookEndpoint } from '../webhook/table.ts';

/** Every `sealedText` there is. */
export const SEALED_COLUMNS: readonly sealing.SealedColumn[] = [
  { column: storageConnection.credentials, boundTo: storageConnection.id },
  { column: webhookEndpoint.secret, boundTo: webhookEndpoint.id },
  { column: webhookEndpoint.previousSecret, boundTo: webhookEndpoint.id },
  { column: uploadthingKey.secret, boundTo: uploadthingKey.id },
  { column: uploadCallback.secret, boundTo: uploadCallback.fileId },
];

/** Handler of `sealing.reseal`; returns how many secrets were sealed anew. */
export async function reseal(ctx: SlipwayContext): Promise<number> {
  const { keys } = ctx.buckets;
  return keys === null ? 0 : sealing.reseal(ctx, keys, SEALED_COLUMNS);
}
