import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { type Sealed, seal, unseal } from '../sealing/seal.ts';
import { requireKeys } from '../storage-connection/credentials.ts';
import type { WebhookEndpoint } from './table.ts';

/** @throws `unavailable` when this installation has no keys to seal with. */
export function sealSecret(
  ctx: SlipwayContext,
  { endpointId, secret }: { endpointId: string; secret: string },
): Sealed {
  return seal(requireKeys(ctx.buckets), { text: secret, boundTo: endpointId });
}

/** Those that sign now, the newest first. @throws `unavailable`; why is in the cause. */
export function openSecrets(ctx: SlipwayContext, endpoint: WebhookEndpoint): [string, ...string[]] {
  const open = (sealed: Sealed) => {
    try {
      return unseal(requireKeys(ctx.buckets), { sealed, boundTo: endpoint.id });
    } catch (cause) {
      throw slipwayError(
        'unavailable',
        'The secret of this endpoint cannot be opened. Roll it, or ask whoever runs this Slipway.',
        { cause },
      );
    }
  };
  const { secret, previousSecret, previousUntil } = endpoint;
  const overlaps = previousSecret !== null && previousUntil !== null && previousUntil > ctx.now();
  return overlaps ? [open(secret), open(previousSecret)] : [open(secret)];
}
