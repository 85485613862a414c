import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPublicAddress } from '@repo/foundation/guarded-fetch';
import { slipwayError } from '../errors.ts';
import type { BucketAccess } from './access.ts';

/**
 * Refuses an endpoint that the network would not let us reach, so that the form says it of its field.
 * What counts is asked again with every connection that is made.
 *
 * @throws `validation_failed`.
 */
export async function requireAllowedEndpoint(
  { allowPrivate }: BucketAccess,
  endpoint: string | null,
): Promise<void> {
  if (endpoint === null || allowPrivate) return;
  const { protocol, hostname } = new URL(endpoint);
  if (protocol !== 'https:')
    throw refused('expected an address that begins with https://; others send files in the clear');
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses =
    isIP(host) === 0
      ? // A name that leads nowhere is for the doctor to tell.
        await lookup(host, { all: true }).catch(() => [])
      : [{ address: host }];
  if (addresses.every(({ address }) => isPublicAddress(address))) return;
  throw refused(
    'expected an address of the public internet; whoever runs this Slipway may allow others with ALLOW_PRIVATE_STORAGE=true',
  );
}

function refused(message: string) {
  return slipwayError('validation_failed', `"endpoint" is not valid: ${message}.`, {
    details: { issues: [{ path: 'endpoint', message }] },
  });
}
