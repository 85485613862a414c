import type { KeyRing } from '@repo/foundation/sealing';
import { seal, unseal } from '@repo/foundation/sealing';
import { z } from 'zod';
import { slipwayError } from '../errors.ts';
import type { S3Options } from '../storage/s3/client.ts';
import type { Network } from '../storage/s3/network.ts';
import type { BucketAccess } from './access.ts';
import type { BucketAddress, StorageConnection } from './table.ts';

const Credentials = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });
export type Credentials = z.infer<typeof Credentials>;

export const NO_KEYS =
  'This Slipway has no key to seal credentials with: whoever runs it has to set ENCRYPTION_KEYS.';

/** @throws `unavailable` when this installation has none. */
export function requireKeys({ keys }: BucketAccess): KeyRing {
  if (keys === null) throw slipwayError('unavailable', NO_KEYS);
  return keys;
}

/** The columns that credentials are kept in. */
export function sealCredentials(
  keys: KeyRing,
  { id, credentials }: { id: string; credentials: Credentials },
): Pick<StorageConnection, 'credentials' | 'accessKeyHint'> {
  const { accessKeyId, secretAccessKey } = credentials;
  return {
    credentials: seal(keys, {
      text: JSON.stringify({ accessKeyId, secretAccessKey }),
      boundTo: id,
    }),
    // Short ones would be half shown.
    accessKeyHint: accessKeyId.length < 12 ? '' : accessKeyId.slice(-4),
  };
}

/** @throws `storage_unavailable`; why is in its cause, and for the logs alone. */
export function openCredentials(
  access: BucketAccess,
  { id, credentials }: Pick<StorageConnection, 'id' | 'credentials'>,
): Credentials {
  try {
    const keys = requireKeys(access);
    return Credentials.parse(JSON.parse(unseal(keys, { sealed: credentials, boundTo: id })));
  } catch (cause) {
    throw slipwayError(
      'storage_unavailable',
      'The credentials of this storage cannot be opened. Replace them, or ask whoever runs this Slipway.',
      { cause },
    );
  }
}

export function s3OptionsOf(
  address: BucketAddress,
  { credentials, network }: { credentials: Credentials; network: Network | undefined },
): S3Options {
  const { bucket, endpoint, region, forcePathStyle } = address;
  return {
    bucket,
    endpoint: endpoint ?? undefined,
    region,
    forcePathStyle,
    ...credentials,
    network,
  };
}
