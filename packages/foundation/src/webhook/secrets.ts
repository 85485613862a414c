import { appError } from '../errors/index.ts';
import { type Sealed, seal, unseal } from '../sealing/index.ts';
import type { At } from './home.ts';
import type { WebhookEndpoint } from './table.ts';

/** @throws `unavailable` when this installation has no keys to seal with. */
export function sealSecret(
  { home, ctx }: At,
  { endpointId, secret }: { endpointId: string; secret: string },
): Sealed {
  return seal(home.keys(ctx), { text: secret, boundTo: endpointId });
}

/** Those that sign now, the newest first. @throws `unavailable`; why is in the cause. */
export function openSecrets({ home, ctx }: At, endpoint: WebhookEndpoint): [string, ...string[]] {
  const open = (sealed: Sealed) => {
    try {
      return unseal(home.keys(ctx), { sealed, boundTo: endpoint.id });
    } catch (cause) {
      throw appError(
        'unavailable',
        `The secret of this endpoint cannot be opened. Roll it, or ask whoever runs this ${home.product}.`,
        { cause },
      );
    }
  };
  const { secret, previousSecret, previousUntil } = endpoint;
  const overlaps = previousSecret !== null && previousUntil !== null && previousUntil > ctx.now();
  return overlaps ? [open(secret), open(previousSecret)] : [open(secret)];
}
