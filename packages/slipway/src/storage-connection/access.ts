import type { KeyRing } from '@repo/foundation/sealing';

/** What this installation has for projects' own buckets. */
export interface BucketAccess {
  /** They seal the credentials; null when there are none, so that no bucket can be connected. */
  keys: KeyRing | null;
  /** Whether a bucket may be somewhere else than on the public internet. */
  allowPrivate: boolean;
}
